import { db, type Tx } from '@/server/platform/db';
import type { OutgoingEvent } from '@/server/platform/outbox';
import { afterShare, BACKUP_CALL, LAST_CALL } from './windows';

const OPEN = ['posted', 'assigned', 'submitted'] as const;

/** The deadlines of those of the tasks that are open, as timers. */
export async function deadlineTimers(
  tx: Pick<Tx, 'task'>,
  taskIds: readonly string[],
): Promise<OutgoingEvent[]> {
  const tasks = await tx.task.findMany({
    where: { id: { in: [...taskIds] }, status: { in: [...OPEN] } },
    orderBy: { id: 'asc' },
    select: { id: true, slaSeconds: true, expiresAt: true, minVotes: true, maxVotes: true },
  });
  return tasks.map(({ id, minVotes, maxVotes, ...timed }) => ({
    id: `deadline:${id}`,
    name: 'task/deadline',
    data: {
      taskId: id,
      expiresAt: timed.expiresAt.toISOString(),
      ...(maxVotes > minVotes ? { lastCallAt: afterShare(LAST_CALL, timed).toISOString() } : {}),
    },
    ts: afterShare(BACKUP_CALL, timed).getTime(),
  }));
}

export async function isOpen(taskId: string): Promise<boolean> {
  const open = await db.task.count({ where: { id: taskId, status: { in: [...OPEN] } } });
  return open > 0;
}
