import type { Actor } from '@/server/platform/actor';
import { db, type Tx } from '@/server/platform/db';
import { visibleTo } from './access';
import type { TaskStatus } from './schema';

/** The number of the actor's tasks by status; statuses without tasks are omitted. */
export async function countTasks(actor: Actor): Promise<Partial<Record<TaskStatus, number>>> {
  const groups = await db.task.groupBy({
    by: ['status'],
    where: visibleTo(actor),
    _count: { _all: true },
  });
  return Object.fromEntries(groups.map((group) => [group.status, group._count._all]));
}

/**
 * The number of an organization's open tasks in both modes; golds and re-votes end on their own.
 */
export function countOpenTasks(tx: Tx, organizationId: string): Promise<number> {
  return tx.task.count({
    where: {
      organizationId,
      reservedFor: null,
      status: { in: ['posted', 'assigned', 'submitted'] },
    },
  });
}
