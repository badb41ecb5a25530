import type { AnswerStatus, AssignmentStatus } from '@/prisma/generated/client';
import { getTask } from '@/server/features/tasks';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { findAgreement } from './find-agreement';
import { pseudonymOf } from './pseudonym';
import type { Json } from './stage';

/** One worker's turn at a task as shown to its customer: everything but the identity. */
export interface Vote {
  /** Identifies the turn in the task's events. */
  assignment_id: string;
  worker: string;
  backup: boolean;
  turn: AssignmentStatus;
  taken_at: Date;
  answer: {
    output: Json;
    status: AnswerStatus;
    /** Duration from start to submission. */
    seconds: number;
    submitted_at: Date;
    rejection: string | null;
    /** Whether it agrees with the verified output in the deciding fields; null without a verified output. */
    agrees: boolean | null;
    verdicts: {
      stage: string;
      verdict: string;
      reason: string | null;
      message: string | null;
      score: number | null;
    }[];
  } | null;
}

/**
 * A task's workers and their answers, in order; workers are shown by pseudonyms.
 * @throws NotFound if the actor may not see the task.
 */
export async function listVotes(actor: Actor, taskId: string): Promise<Vote[]> {
  const task = await getTask(actor, taskId);
  const { organizationId } = await db.task.findUniqueOrThrow({
    where: { id: task.id },
    select: { organizationId: true },
  });
  const assignments = await db.assignment.findMany({
    where: { taskId: task.id },
    orderBy: { id: 'asc' },
    include: { answer: { include: { verdicts: { orderBy: { id: 'asc' } } } } },
  });
  const answered = assignments.flatMap(({ answer }) => answer ?? []);
  const agreeing =
    task.status === 'verified'
      ? await findAgreement(task.output_schema, task.output, answered)
      : null;
  return assignments.map(({ answer, ...assignment }) => ({
    assignment_id: assignment.id,
    worker: pseudonymOf(organizationId, assignment.workerId),
    backup: assignment.backup,
    turn: assignment.status,
    taken_at: assignment.createdAt,
    answer: answer && {
      output: answer.output as Json,
      status: answer.status,
      seconds: answer.elapsedMs / 1_000,
      submitted_at: answer.createdAt,
      rejection: answer.rejectionMessage,
      agrees: agreeing?.has(answer.id) ?? null,
      verdicts: answer.verdicts.map(({ stage, verdict, reasonCode, message, score }) => ({
        stage,
        verdict,
        reason: reasonCode,
        message,
        score,
      })),
    },
  }));
}
