import { type Actor, actorLabel, type WorkerActor } from '@/server/platform/actor';
import { standingClock } from '@/server/platform/clock';
import { db, type Tx, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { kickOutbox } from '@/server/platform/outbox';
import { findOwnAssignment } from './assignment-queries';
import { type Ending, endTurns } from './end-turns';
import { AssignmentClosed } from './errors';

/**
 * Releases an assignment, by its worker with a reason, or by `by`; the task is routed again at
 * once.
 * @throws NotFound if it is not this worker's, AssignmentClosed if it has already ended.
 */
export async function releaseAssignment(
  actor: WorkerActor,
  input: { assignmentId: string; reason: string },
  by: Actor = actor,
): Promise<void> {
  const own = await findOwnAssignment(actor, input.assignmentId);
  if (!own) throw new NotFound('assignment', input.assignmentId);
  const released = await transaction((tx) =>
    giveBack(tx, {
      taskId: own.taskId,
      assignmentId: own.id,
      reason: input.reason,
      by: actorLabel(by),
    }),
  );
  if (!released) {
    const now = await db.assignment.findUniqueOrThrow({ where: { id: own.id } });
    throw new AssignmentClosed(now.status);
  }
  kickOutbox();
}

/**
 * Declines an offer without cost to the worker; the task is routed again at once. If it was started
 * in another tab, it stays with the worker.
 * @returns whether it was still an offer.
 * @throws NotFound if it is not this worker's.
 */
export async function declineOffer(
  actor: WorkerActor,
  { assignmentId }: { assignmentId: string },
): Promise<{ declined: boolean }> {
  const own = await findOwnAssignment(actor, assignmentId);
  if (!own) throw new NotFound('assignment', assignmentId);
  const declined = await transaction((tx) =>
    giveBack(tx, {
      taskId: own.taskId,
      assignmentId,
      from: ['offered'],
      reason: 'You declined the offer.',
      by: actorLabel(actor),
    }),
  );
  if (declined) kickOutbox();
  return { declined };
}

/**
 * Declines, within `tx`, the offer that lapses first, in favour of a task the worker has chosen.
 * @returns whether there was such an offer.
 */
export async function makeRoom(tx: Tx, actor: WorkerActor): Promise<boolean> {
  const offer = await tx.assignment.findFirst({
    where: { workerId: actor.workerId, status: 'offered' },
    orderBy: { lapsesAt: 'asc' },
  });
  if (!offer) return false;
  return giveBack(tx, {
    taskId: offer.taskId,
    assignmentId: offer.id,
    from: ['offered'],
    reason: 'You took another task.',
    by: actorLabel(actor),
  });
}

type GiveBack = Pick<Ending, 'taskId' | 'assignmentId' | 'from' | 'reason' | 'by'>;

async function giveBack(tx: Tx, ending: GiveBack): Promise<boolean> {
  const [isEnded] = await endTurns(tx, [{ ...ending, to: 'released', at: standingClock() }]);
  return isEnded === true;
}
