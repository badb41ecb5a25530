import { assignWorker, occupied, TaskNotAvailable } from '@/server/features/tasks';
import { actorLabel, type WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { Prisma, type Tx, transaction } from '@/server/platform/db';
import { Conflict, NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import { kickOutbox } from '@/server/platform/outbox';
import { takeable } from './takeable';

/** 409: the worker must finish or release something first. */
export class AtCapacity extends Conflict {
  constructor() {
    super('at_capacity', 'You hold as many tasks as you may. Finish or release one first.');
  }
}

/**
 * The worker takes one task from the queue. Of many at once, one wins.
 * @throws NotFound where it is not in this worker's queue, TaskNotAvailable 409 where it is gone.
 */
export async function claimTask(
  actor: WorkerActor,
  { taskId }: { taskId: string },
): Promise<{ assignmentId: string }> {
  if (!isUuid(taskId)) throw new NotFound('task', taskId);
  const assignmentId = await transaction(async (tx) => {
    await assertFree(tx, actor);
    const [row] = await tx.$queryRaw<{ id: string }[]>`
      SELECT t.id FROM tasks t
       WHERE t.id = ${taskId}::uuid AND ${takeable(actor, clock.now())}
         FOR UPDATE OF t SKIP LOCKED`;
    return row ? take(tx, actor, row.id) : null;
  });
  if (!assignmentId) throw new TaskNotAvailable();
  kickOutbox();
  return { assignmentId };
}

/**
 * The worker takes whichever task is most urgent of those it may take.
 * @returns null where the queue holds nothing for this worker.
 */
export async function takeNextTask(actor: WorkerActor): Promise<{ assignmentId: string } | null> {
  const assignmentId = await transaction(async (tx) => {
    await assertFree(tx, actor);
    const [row] = await tx.$queryRaw<{ id: string }[]>`
      SELECT t.id FROM tasks t
       WHERE ${takeable(actor, clock.now())}
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

async function assertFree(tx: Tx, actor: WorkerActor): Promise<void> {
  const [row] = await tx.$queryRaw<{ free: boolean }[]>`
    SELECT ${occupied(Prisma.sql`w.id`)} < w.capacity AS free
      FROM workers w WHERE w.id = ${actor.workerId}::uuid`;
  if (!row?.free) throw new AtCapacity();
}
