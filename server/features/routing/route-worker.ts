import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { whereTimePasses } from '@/server/platform/test-clock';
import { routeTasks } from './route-task';
import { takeable } from './takeable';

/**
 * A worker has come online or become free: routes the tasks it could take, the most urgent first,
 * until it is full. Each is routed to whoever scores best, which need not be this worker.
 */
export async function routeForWorker(workerId: string): Promise<number> {
  const worker = await db.worker.findUnique({ where: { id: workerId } });
  if (!worker?.online || worker.status !== 'active') return 0;
  const actor = {
    kind: 'worker',
    workerId,
    userId: worker.userId ?? '',
    mode: worker.mode,
  } as const;
  const open = await db.assignment.count({
    where: { workerId, status: { in: ['offered', 'active'] } },
  });
  const free = worker.capacity - open;
  if (free <= 0) return 0;
  const tasks = await db.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM tasks t WHERE ${takeable(actor, clock.now())}
     ORDER BY t.expires_at LIMIT ${free}`;
  return (await routeTasks(tasks.map(({ id }) => id))).length;
}

/** `routeForWorker` for several workers, one after another. */
export async function routeForWorkers(workerIds: readonly string[]): Promise<void> {
  for (const workerId of workerIds) await routeForWorker(workerId);
}

/** Routes every task that has waited with an open seat, the most urgent first; the sweep's truth. */
export async function routeWaitingTasks(limit = 500): Promise<number> {
  const waiting = await db.task.findMany({
    where: {
      openSeats: { gt: 0 },
      status: { in: ['posted', 'assigned'] },
      expiresAt: { gt: clock.now() },
      ...(await whereTimePasses()),
    },
    select: { id: true },
    orderBy: { expiresAt: 'asc' },
    take: limit,
  });
  return (await routeTasks(waiting.map(({ id }) => id))).length;
}
