import type { AnswerStatus, AssignmentStatus } from '@/prisma/generated/client';
import { getTask } from '@/server/features/tasks';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { findAgreement } from './find-agreement';
import { pseudonymOf } from './pseudonym';
import type { Json } from './stage';

/** One worker's turn at a task as its customer sees it: everything but who. */
export interface Vote {
  /** Names the turn in the task's events. */
  assignment_id: string;
  worker: string;
  backup: boolean;
  turn: AssignmentStatus;
  taken_at: Date;
  answer: {
    output: Json;
    status: AnswerStatus;
    /** From start to submission. */
    seconds: number;
    submitted_at: Date;
    rejection: string | null;
    /** Whether it says what was verified, where it counts; null before there is a verified output. */
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
 * Who had a task and what each answered, first things first; workers go by pseudonyms.
 * @throws NotFound where the actor may not see the task.
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
