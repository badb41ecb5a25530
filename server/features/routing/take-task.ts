import {
  assignWorker,
  makeRoom,
  occupied,
  TaskNotAvailable,
  takeUpOffer,
} from '@/server/features/tasks';
import { actorLabel, type WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { Prisma, type Tx, transaction } from '@/server/platform/db';
import { Conflict, NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import { kickOutbox } from '@/server/platform/outbox';
import { mostUrgentTakeable, takeable } from './takeable';

/** 409: the worker is at capacity. */
export class AtCapacity extends Conflict {
  constructor() {
    super('at_capacity', 'You have reached your limit of open tasks. Finish or release one first.');
  }
}

/**
 * The worker takes one task from the queue, or accepts it if it was offered. Of concurrent calls,
 * one wins. If an offer occupies the last place, it is passed on at no cost.
 * @throws NotFound if it is not in this worker's queue, TaskNotAvailable 409 if it is gone,
 * AtCapacity 409 if the worker is at capacity.
 */
export async function claimTask(
  actor: WorkerActor,
  { taskId }: { taskId: string },
): Promise<{ assignmentId: string }> {
  if (!isUuid(taskId)) throw new NotFound('task', taskId);
  const offered = await takeUpOffer(actor, taskId);
  if (offered) return { assignmentId: offered };
  const assignmentId = await transaction(async (tx) => {
    const isFree = await hasRoom(tx, actor);
    const [row] = await tx.$queryRaw<{ id: string }[]>`
      SELECT t.id FROM tasks t
       WHERE t.id = ${taskId}::uuid AND ${takeable(actor, clock.now())}
         FOR UPDATE OF t SKIP LOCKED`;
    if (!isFree && !(row && (await makeRoom(tx, actor)))) throw new AtCapacity();
    const taken = row ? await take(tx, actor, row.id) : null;
    // Keeps the offer if the task is gone.
    if (!taken) throw new TaskNotAvailable();
    return taken;
  });
  kickOutbox();
  return { assignmentId };
}

/**
 * The worker accepts its offer, else takes the most urgent available task.
 * @returns null if there is none.
 * @throws AtCapacity 409 if the worker is at capacity.
 */
export async function takeNextTask(actor: WorkerActor): Promise<{ assignmentId: string } | null> {
  const offered = await takeUpOffer(actor);
  if (offered) return { assignmentId: offered };
  const assignmentId = await transaction(async (tx) => {
    if (!(await hasRoom(tx, actor))) throw new AtCapacity();
    const [row] = await tx.$queryRaw<{ id: string }[]>`
      SELECT t.id FROM tasks t
       WHERE ${mostUrgentTakeable(actor, clock.now())}
       ORDER BY t.expires_at
       LIMIT 1
         FOR UPDATE OF t SKIP LOCKED`;
    return row ? take(tx, actor, row.id) : null;
  });
  if (!assignmentId) return null;
  kickOutbox();
  return { assignmentId };
}

function take(tx: Tx, actor: WorkerActor, taskId: string): Promise<string | null> {
  const { workerId } = actor;
  return assignWorker(tx, {
    taskId,
    workerId,
    status: 'active',
    backup: false,
    by: actorLabel(actor),
  });
}

async function hasRoom(tx: Tx, actor: WorkerActor): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ free: boolean }[]>`
    SELECT ${occupied(Prisma.sql`w.id`)} < w.capacity AS free
      FROM workers w WHERE w.id = ${actor.workerId}::uuid`;
  return row?.free ?? false;
}
