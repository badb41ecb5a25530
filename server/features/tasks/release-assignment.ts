import { recordReliability } from '@/server/features/workers';
import { type Actor, actorLabel, type WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, type Tx, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { kickOutbox } from '@/server/platform/outbox';
import { whereTimePasses } from '@/server/platform/test-clock';
import { findOwnAssignment } from './assignment-queries';
import { countSeats } from './count-seats';
import { AssignmentClosed } from './errors';
import { lockTask } from './lock-task';
import { recordTaskEvent, transition } from './transition';
import { withdrawSown } from './withdraw-sown';

/**
 * A worker gives a task back, with a reason, or `by` has it given back; it is routed on at once.
 * @throws NotFound where it is not this worker's, AssignmentClosed where it is over already.
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
      to: 'released',
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
 * A worker turns an offer down; it is routed on at once, and costs the worker nothing. What was
 * started meanwhile, in another tab, stays with its worker.
 * @returns whether it was still an offer.
 * @throws NotFound where it is not this worker's.
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
      to: 'released',
      from: ['offered'],
      reason: 'You declined the offer.',
      by: actorLabel(actor),
    }),
  );
  if (declined) kickOutbox();
  return { declined };
}

/**
 * Turns down, within `tx`, the offer that lapses first, for a task the worker has chosen instead.
 * @returns whether there was an offer to turn down.
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
    to: 'released',
    from: ['offered'],
    reason: 'You took another task.',
    by: actorLabel(actor),
  });
}

/**
 * Ends an assignment whose window has passed, so that the task is routed on. Timer and sweep both
 * call it; it looks at the world again.
 * @returns true where this call ended it.
 */
export async function lapseAssignment(assignmentId: string): Promise<boolean> {
  const due = await db.assignment.findFirst({
    where: {
      id: assignmentId,
      status: { in: ['offered', 'active'] },
      lapsesAt: { lte: clock.now() },
      // An answer that waits to be handed in is no missing one.
      NOT: { draft: { submitsAt: { not: null } } },
    },
  });
  if (!due) return false;
  const lapsed = await transaction((tx) =>
    giveBack(tx, {
      taskId: due.taskId,
      assignmentId,
      to: 'lapsed',
      reason: 'The time for this assignment ran out.',
      by: 'system',
      lapsesBefore: clock.now(),
    }),
  );
  if (lapsed) kickOutbox();
  return lapsed;
}

/** Lapses whatever is overdue, up to 500 at a time. @returns how many. */
export async function lapseOverdueAssignments(): Promise<number> {
  const overdue = await db.assignment.findMany({
    where: {
      status: { in: ['offered', 'active'] },
      lapsesAt: { lte: clock.now() },
      task: await whereTimePasses(),
    },
    select: { id: true },
    take: 500,
  });
  let count = 0;
  for (const { id } of overdue) if (await lapseAssignment(id)) count++;
  return count;
}

interface GiveBack {
  taskId: string;
  assignmentId: string;
  to: 'released' | 'lapsed';
  /** Which assignments it ends; offered and active ones unless told. */
  from?: ('offered' | 'active')[];
  reason: string;
  by: string;
  lapsesBefore?: Date;
}

async function giveBack(tx: Tx, input: GiveBack): Promise<boolean> {
  const task = await lockTask(tx, input.taskId);
  if (!task) return false;
  const [ended] = await tx.assignment.updateManyAndReturn({
    where: {
      id: input.assignmentId,
      status: { in: input.from ?? ['offered', 'active'] },
      ...(input.lapsesBefore ? { lapsesAt: { lte: input.lapsesBefore } } : {}),
    },
    data: { status: input.to, endedAt: clock.now(), releaseReason: input.reason },
  });
  if (!ended) return false;
  // An offer that nobody took up was never begun, and is held against nobody.
  if (input.to === 'lapsed' && ended.startedAt) {
    const { workerId } = ended;
    const { organizationId, type } = task;
    await recordReliability(tx, { workerId, organizationId, type }, 'lapsed');
  }
  const { atWork, openSeats } = await countSeats(tx, task);
  const takesWorkers = task.status === 'posted' || task.status === 'assigned';
  const seat = takesWorkers ? { openSeats } : {};
  const event = {
    taskId: input.taskId,
    by: input.by,
    set: seat,
    data: { assignmentId: ended.id, workerId: ended.workerId, reason: input.reason },
  };
  if (task.status === 'assigned' && atWork === 0) {
    await transition(tx, { ...event, action: 'requeue' });
  } else {
    await recordTaskEvent(tx, { ...event, type: `assignment.${input.to}` });
  }
  // Nobody else may take a gold or a re-vote, and nobody takes a task twice: its sats need not wait.
  if (task.reservedFor !== null) await withdrawSown(tx, [input.taskId]);
  return true;
}
