import { isDeepStrictEqual } from 'node:util';
import { Prisma } from '@/prisma/generated/client';
import type { WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, type Tx, transaction } from '@/server/platform/db';
import { Conflict, NotFound } from '@/server/platform/errors';
import { jsonColumn } from '@/server/platform/json-column';
import { enqueue, kickOutbox } from '@/server/platform/outbox';
import { findOwnAssignment } from './assignment-queries';
import { assertAnswerFits } from './check-answer';
import { AssignmentClosed, IdempotencyMismatch } from './errors';
import { lockTask } from './lock-task';
import { type SubmitAnswer, submitAnswer } from './submit-answer';
import { UNDO_MS } from './windows';

/** Margin before the assignment or task ends, so that the undo window never costs an answer. */
const MARGIN_MS = 5_000;

/** 409: another answer to the same task is in its undo window, perhaps from another tab. */
class AnswerWaiting extends Conflict {
  constructor() {
    super(
      'answer_waiting',
      'You have already submitted an answer to this task. Undo it first to change it.',
    );
  }
}

/** 409: the undo window has passed. */
class TooLateToUndo extends Conflict {
  constructor() {
    super('too_late_to_undo', 'The answer was already submitted and cannot be undone.');
  }
}

/**
 * Submits an answer after an undo window of ten seconds. It waits in the database, so closing the
 * page loses nothing. If too little time is left, it is submitted at once. Idempotent by key, also
 * long afterwards, with the same response.
 * @returns when it will be submitted; null if already submitted.
 * @throws NotFound, InvalidRequest `answer_invalid`, AssignmentClosed 409, AnswerWaiting 409,
 * IdempotencyMismatch 409 if the key was used for another answer.
 */
export async function submitDraft(
  actor: WorkerActor,
  input: SubmitAnswer,
): Promise<{ submitsAt: Date | null }> {
  const { assignmentId } = input;
  const own = await findOwnAssignment(actor, assignmentId);
  if (!own) throw new NotFound('assignment', assignmentId);
  const before = await replyBefore(input);
  if (before) return before;
  const task = await db.task.findUniqueOrThrow({ where: { id: own.taskId } });
  await assertAnswerFits(task.outputSchema, input.output);
  try {
    const submitsAt = await transaction((tx) => wait(tx, actor, input, own.taskId));
    if (submitsAt === null) await submitAnswer(actor, input);
    await db.draft.deleteMany({ where: { assignmentId, submitsAt: null } });
    kickOutbox();
    return { submitsAt };
  } catch (error) {
    // A concurrent identical request may have won a moment ago.
    const reply = error instanceof AssignmentClosed ? await replyBefore(input) : null;
    if (!reply) throw error;
    return reply;
  }
}

/**
 * The response to this answer's first submission; null if there was none.
 * @throws IdempotencyMismatch if the key was used for another answer.
 */
async function replyBefore({
  assignmentId,
  idempotencyKey,
  output,
}: SubmitAnswer): Promise<{ submitsAt: Date | null } | null> {
  if (!idempotencyKey) return null;
  const sent = await db.assignment.findFirst({
    where: { id: assignmentId, submissionKey: idempotencyKey },
    select: {
      submissionDueAt: true,
      answer: { select: { output: true } },
      draft: { select: { value: true, submitsAt: true } },
    },
  });
  if (!sent) return null;
  const waiting = sent.draft?.submitsAt ? [sent.draft.value] : [];
  const [known] = sent.answer ? [sent.answer.output] : waiting;
  if (known !== undefined && !isDeepStrictEqual(known, output)) throw new IdempotencyMismatch();
  return { submitsAt: sent.submissionDueAt };
}

async function wait(
  tx: Tx,
  actor: WorkerActor,
  input: SubmitAnswer,
  taskId: string,
): Promise<Date | null> {
  const { assignmentId } = input;
  const task = await lockTask(tx, taskId);
  const { status, lapsesAt } = await tx.assignment.findUniqueOrThrow({
    where: { id: assignmentId },
  });
  if (!task || (status !== 'offered' && status !== 'active')) throw new AssignmentClosed(status);
  const before = await tx.draft.findUnique({ where: { assignmentId } });
  if (before?.submitsAt) {
    if (!isDeepStrictEqual(before.value, input.output)) throw new AnswerWaiting();
    return before.submitsAt;
  }
  const now = clock.now();
  const submitsAt = new Date(now.getTime() + UNDO_MS);
  const endsMs = Math.min(lapsesAt.getTime(), task.expiresAt.getTime());
  if (submitsAt.getTime() + MARGIN_MS > endsMs) return null;
  const waiting = {
    value: jsonColumn(input.output),
    telemetry: input.telemetry ? jsonColumn(input.telemetry) : Prisma.DbNull,
    deviceHash: input.deviceHash ?? null,
    networkHash: input.networkHash ?? null,
    savedAt: now,
    submitsAt,
  };
  await tx.assignment.update({
    where: { id: assignmentId },
    data: { submissionKey: input.idempotencyKey ?? null, submissionDueAt: submitsAt },
  });
  await tx.draft.upsert({
    where: { assignmentId },
    create: { ...waiting, assignmentId, workerId: actor.workerId },
    update: waiting,
  });
  await enqueue(tx, [
    {
      topic: 'draft.waiting',
      key: `draft.waiting:${assignmentId}:${submitsAt.getTime()}`,
      data: { assignmentId, submitsAt: submitsAt.toISOString() },
      live: { type: 'draft.waiting', mode: actor.mode, taskId, workerId: actor.workerId },
    },
  ]);
  return submitsAt;
}

/**
 * Undoes an answer within its undo window; it becomes a draft again.
 * @throws NotFound if the assignment is not this worker's, TooLateToUndo 409.
 */
export async function undoSubmission(
  actor: WorkerActor,
  { assignmentId }: { assignmentId: string },
): Promise<void> {
  const own = await findOwnAssignment(actor, assignmentId);
  if (!own) throw new NotFound('assignment', assignmentId);
  const undone = await transaction(async (tx) => {
    const { count } = await tx.draft.updateMany({
      where: { assignmentId, submitsAt: { gt: clock.now() } },
      data: { submitsAt: null },
    });
    if (count === 0) return false;
    await enqueue(tx, [
      {
        topic: 'draft.undone',
        key: `draft.undone:${assignmentId}:${clock.nowMs()}`,
        data: { assignmentId },
        live: {
          type: 'draft.undone',
          mode: actor.mode,
          taskId: own.taskId,
          workerId: actor.workerId,
        },
      },
    ]);
    return true;
  });
  if (!undone) throw new TooLateToUndo();
  kickOutbox();
}
