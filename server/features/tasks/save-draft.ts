import type { WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { outputText } from '@/server/platform/json-schema';
import { broadcast } from '@/server/platform/outbox';
import { findOwnAssignment } from './assignment-queries';

const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Saves a worker's draft, so that it survives reloads and sign-outs. Does not change an answer in
 * its undo window, or the draft of an ended assignment. The latest write wins; the worker's other
 * pages are notified.
 * @returns whether and when it was saved.
 * @throws NotFound if the assignment is not this worker's, OutputsTooLarge above 1 MB.
 */
export async function saveDraft(
  actor: WorkerActor,
  { assignmentId, value }: { assignmentId: string; value?: unknown },
): Promise<{ kept: boolean; savedAt: Date }> {
  const own = await findOwnAssignment(actor, assignmentId);
  if (!own) throw new NotFound('assignment', assignmentId);
  const json = outputText(value ?? null, 'value') ?? 'null';
  const savedAt = clock.now();
  if (own.status !== 'offered' && own.status !== 'active') return { kept: false, savedAt };
  const saved = await db.$executeRaw`
    INSERT INTO drafts (assignment_id, worker_id, value, saved_at)
    VALUES (${assignmentId}::uuid, ${actor.workerId}::uuid, ${json}::json, ${savedAt})
        ON CONFLICT (assignment_id) DO UPDATE SET (value, saved_at) = (excluded.value, excluded.saved_at)
     WHERE drafts.submits_at IS NULL`;
  if (saved > 0) {
    const { workerId, mode } = actor;
    await broadcast([{ type: 'draft.saved', mode, taskId: own.taskId, workerId }]);
  }
  return { kept: saved > 0, savedAt };
}

export interface WorkerDraft {
  value: unknown;
  savedAt: Date;
  /** When it is submitted automatically; null while being edited. */
  submitsAt: Date | null;
}

/**
 * The worker's draft for an assignment, also after it ended without an answer.
 * @returns null if there is none, or it was submitted.
 * @throws NotFound if the assignment is not this worker's.
 */
export async function getDraft(
  actor: WorkerActor,
  { assignmentId }: { assignmentId: string },
): Promise<WorkerDraft | null> {
  const own = await findOwnAssignment(actor, assignmentId);
  if (!own) throw new NotFound('assignment', assignmentId);
  return db.draft.findUnique({
    where: { assignmentId },
    select: { value: true, savedAt: true, submitsAt: true },
  });
}

/** Deletes drafts abandoned for a week. @returns the number deleted. */
export async function dropOldDrafts(): Promise<number> {
  const { count } = await db.draft.deleteMany({
    where: { submitsAt: null, savedAt: { lt: new Date(clock.nowMs() - KEPT_MS) } },
  });
  return count;
}
