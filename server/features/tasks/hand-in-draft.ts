import type { WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { AppError } from '@/server/platform/errors';
import { log } from '@/server/platform/log';
import type { AnswerTelemetry } from './answer-schema';
import { submitAnswer } from './submit-answer';
import { UNDO_MS } from './windows';

const SWEPT_MAX = 200;

/**
 * Hands in an answer whose undo window has passed. Timer and sweep both call it; it looks at the
 * world again, and undoing asks for the opposite of its condition, so one of the two happens. Where
 * the task has ended meanwhile the text stays with its worker as a draft.
 * @returns true where this call handed it in.
 */
export async function handInDraft(assignmentId: string): Promise<boolean> {
  const draft = await db.draft.findFirst({
    where: { assignmentId, submitsAt: { lte: clock.now() } },
  });
  if (!draft?.submitsAt) return false;
  const worker = await db.worker.findUniqueOrThrow({ where: { id: draft.workerId } });
  const actor: WorkerActor = {
    kind: 'worker',
    workerId: worker.id,
    userId: worker.userId ?? '',
    mode: worker.mode,
  };
  try {
    await submitAnswer(actor, {
      assignmentId,
      output: draft.value,
      telemetry: (draft.telemetry ?? undefined) as AnswerTelemetry | undefined,
      deviceHash: draft.deviceHash ?? undefined,
      networkHash: draft.networkHash ?? undefined,
      answeredAt: new Date(draft.submitsAt.getTime() - UNDO_MS),
    });
    await db.draft.deleteMany({ where: { assignmentId } });
    return true;
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    await settleRefused(assignmentId, error);
    return false;
  }
}

/** Another call may have handed it in; else the task is over, and the text goes back to a draft. */
async function settleRefused(assignmentId: string, error: AppError): Promise<void> {
  const handedIn = await db.answer.count({ where: { assignmentId } });
  if (handedIn > 0) {
    await db.draft.deleteMany({ where: { assignmentId } });
    return;
  }
  await db.draft.updateMany({ where: { assignmentId }, data: { submitsAt: null } });
  log.info({ assignmentId, code: error.code }, 'An answer came too late to be handed in');
}

/** Hands in what a lost timer left behind. @returns how many. */
export async function handInDueDrafts(): Promise<number> {
  const due = await db.draft.findMany({
    where: { submitsAt: { lte: clock.now() } },
    select: { assignmentId: true },
    take: SWEPT_MAX,
  });
  let count = 0;
  for (const { assignmentId } of due) if (await handInDraft(assignmentId)) count++;
  return count;
}
