import type { WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { enqueue, kickOutbox } from '@/server/platform/outbox';
import { findOwnAssignment } from './assignment-queries';
import { lockTask } from './lock-task';
import { activeUntil } from './windows';

/**
 * The worker begins an offered task, and has the full window from here. Beginning twice is fine.
 * @throws NotFound where it is not this worker's.
 */
export async function startAssignment(
  actor: WorkerActor,
  { assignmentId }: { assignmentId: string },
): Promise<void> {
  const own = await findOwnAssignment(actor, assignmentId);
  if (!own) throw new NotFound('assignment', assignmentId);
  await begin(actor, own);
}

/**
 * The worker begins what is offered: this task, or of all that is offered the first to lapse.
 * @returns the assignment, or null where nothing of the kind is offered.
 */
export async function takeUpOffer(actor: WorkerActor, taskId?: string): Promise<string | null> {
  const offer = await db.assignment.findFirst({
    where: { workerId: actor.workerId, status: 'offered', ...(taskId ? { taskId } : {}) },
    orderBy: { lapsesAt: 'asc' },
  });
  return offer && (await begin(actor, offer)) ? offer.id : null;
}

/** @returns whether it was still an offer. */
async function begin(
  actor: WorkerActor,
  { id, taskId }: { id: string; taskId: string },
): Promise<boolean> {
  const { workerId, mode } = actor;
  const started = await transaction(async (tx) => {
    const task = await lockTask(tx, taskId);
    if (!task) return false;
    const now = clock.now();
    const lapsesAt = activeUntil(now, task);
    const { count } = await tx.assignment.updateMany({
      where: { id, status: 'offered' },
      data: { status: 'active', startedAt: now, lapsesAt },
    });
    if (count === 0) return false;
    await enqueue(tx, [
      {
        topic: 'assignment.started',
        key: id,
        data: { assignmentId: id, taskId, workerId, lapsesAt: lapsesAt.toISOString() },
        live: { type: 'assignment.started', mode, taskId, workerId },
      },
    ]);
    return true;
  });
  if (started) kickOutbox();
  return started;
}
