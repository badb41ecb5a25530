import type { Mode, WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, Prisma } from '@/server/platform/db';
import { AppError } from '@/server/platform/errors';
import { log } from '@/server/platform/log';
import { inRound, type Round } from '@/server/platform/rounds';
import { together } from '@/server/platform/together';
import type { AnswerTelemetry } from './answer-schema';
import { submitAnswer } from './submit-answer';
import { UNDO_MS } from './windows';

/** Each may be a megabyte. */
const AT_ONCE = 50;

/** An answer whose undo window has passed, with its worker. */
interface DueDraft {
  assignmentId: string;
  value: unknown;
  telemetry: unknown;
  deviceHash: string | null;
  networkHash: string | null;
  submitsAt: Date;
  workerId: string;
  userId: string | null;
  mode: Mode;
}

/**
 * Submits an answer whose undo window has passed. Re-reads state; undoing has the opposite
 * condition, so exactly one of the two happens. If the task has ended in the meantime, the text
 * stays as a draft.
 * @returns true if this call submitted it.
 */
export async function handInDraft(assignmentId: string): Promise<boolean> {
  const [draft] = await findDrafts(
    Prisma.sql`d.assignment_id = ${assignmentId}::uuid AND d.submits_at <= ${clock.now()}`,
  );
  return draft !== undefined && handIn(draft);
}

/** Submits the answers whose undo windows have passed. */
export async function handInDueDrafts(): Promise<Round> {
  const due = await findDrafts(Prisma.sql`d.submits_at <= ${clock.now()}`);
  return inRound('Failed to submit an answer', due, handIn, AT_ONCE);
}

/** When the next answer is due for submission; null if there is none. */
export async function nextHandInAt(): Promise<Date | null> {
  const { _min } = await db.draft.aggregate({ _min: { submitsAt: true } });
  return _min.submitsAt;
}

function findDrafts(where: Prisma.Sql): Promise<DueDraft[]> {
  return db.$queryRaw<DueDraft[]>`
    SELECT d.assignment_id::text AS "assignmentId", d.value, d.telemetry,
           d.device_hash AS "deviceHash", d.network_hash AS "networkHash",
           d.submits_at AS "submitsAt", w.id::text AS "workerId", w.user_id::text AS "userId", w.mode
      FROM drafts d JOIN workers w ON w.id = d.worker_id
     WHERE ${where}
     ORDER BY d.submits_at LIMIT ${AT_ONCE}`;
}

async function handIn(draft: DueDraft): Promise<boolean> {
  const { assignmentId, workerId, userId, mode } = draft;
  const actor: WorkerActor = { kind: 'worker', workerId, userId: userId ?? '', mode };
  try {
    await submitAnswer(actor, {
      assignmentId,
      output: draft.value,
      telemetry: (draft.telemetry ?? undefined) as AnswerTelemetry | undefined,
      deviceHash: draft.deviceHash ?? undefined,
      networkHash: draft.networkHash ?? undefined,
      answeredAt: new Date(draft.submitsAt.getTime() - UNDO_MS),
    });
    await drop(assignmentId);
    return true;
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    await settleRefused(assignmentId, error);
    return false;
  }
}

const drop = together(async (assignmentIds: readonly string[]) => {
  await db.draft.deleteMany({ where: { assignmentId: { in: [...assignmentIds] } } });
  return assignmentIds.map(() => undefined);
});

/**
 * Another call may have submitted it; otherwise the task has ended, and the text becomes a draft
 * again.
 */
async function settleRefused(assignmentId: string, error: AppError): Promise<void> {
  const handedIn = await db.answer.count({ where: { assignmentId } });
  if (handedIn > 0) return drop(assignmentId);
  await db.draft.updateMany({ where: { assignmentId }, data: { submitsAt: null } });
  log.info({ assignmentId, code: error.code }, 'An answer was too late to be submitted');
}
