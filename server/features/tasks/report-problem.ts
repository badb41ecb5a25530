import { actorLabel, type WorkerActor } from '@/server/platform/actor';
import { db, transaction } from '@/server/platform/db';
import { Conflict, NotFound } from '@/server/platform/errors';
import { kickOutbox } from '@/server/platform/outbox';
import type { ReportProblem } from './answer-schema';
import { findOwnAssignment } from './assignment-queries';
import { AssignmentClosed } from './errors';
import { lockTask } from './lock-task';
import { recordTaskEvent } from './transition';

const EVENT = 'assignment.problem_reported';
/** Maximum reports of one worker about one task. */
const REPORTS_MAX = 5;

/** 409: the worker has reached the limit of reports about the task. */
class TooManyReports extends Conflict {
  constructor() {
    super(
      'too_many_reports',
      `You have already reported ${REPORTS_MAX} problems with this task. Give it back if you cannot answer it.`,
    );
  }
}

/**
 * Records a worker's problem report; the worker keeps the task and the draft. The report appears on
 * the task's timeline, for its customer and for operators.
 * @throws NotFound if the assignment is not this worker's, AssignmentClosed 409, TooManyReports.
 */
export async function reportProblem(actor: WorkerActor, input: ReportProblem): Promise<void> {
  const { assignmentId, category, details } = input;
  const own = await findOwnAssignment(actor, assignmentId);
  if (!own) throw new NotFound('assignment', assignmentId);
  await transaction(async (tx) => {
    await lockTask(tx, own.taskId);
    const { status } = await tx.assignment.findUniqueOrThrow({ where: { id: assignmentId } });
    if (status !== 'offered' && status !== 'active') throw new AssignmentClosed(status);
    const reported = await tx.taskEvent.count({
      where: { taskId: own.taskId, type: EVENT, actor: actorLabel(actor) },
    });
    if (reported >= REPORTS_MAX) throw new TooManyReports();
    await recordTaskEvent(tx, {
      taskId: own.taskId,
      type: EVENT,
      by: actorLabel(actor),
      data: { assignmentId, workerId: actor.workerId, category, details },
    });
  });
  kickOutbox();
}

/** This worker's earlier reports about a task, oldest first. */
export async function listReportedProblems(
  actor: WorkerActor,
  { assignmentId }: { assignmentId: string },
): Promise<{ category: string; details: string; createdAt: Date }[]> {
  const own = await findOwnAssignment(actor, assignmentId);
  if (!own) throw new NotFound('assignment', assignmentId);
  const events = await db.taskEvent.findMany({
    where: { taskId: own.taskId, type: EVENT, actor: actorLabel(actor) },
    orderBy: { sequence: 'asc' },
  });
  return events.map(({ data, createdAt }) => {
    const { category, details } = data as { category: string; details: string };
    return { category, details, createdAt };
  });
}
