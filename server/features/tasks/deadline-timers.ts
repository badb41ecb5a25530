import { z } from 'zod';
import type { Task } from '@/prisma/generated/client';
import { db, type Tx } from '@/server/platform/db';
import type { OutgoingEvent } from '@/server/platform/outbox';
import { afterShare, BACKUP_CALL, LAST_CALL } from './windows';

const OPEN = ['posted', 'assigned', 'submitted'] as const;

/**
 * When the clock checks a task: for a backup, for the last call if another vote can be bought, and
 * at its end.
 */
export const Deadlines = z.object({
  backupAt: z.string(),
  expiresAt: z.string(),
  /** Absent if no vote beyond the minimum can be bought. */
  lastCallAt: z.string().optional(),
});
export type Deadlines = z.infer<typeof Deadlines>;

type Timed = Pick<Task, 'slaSeconds' | 'expiresAt' | 'minVotes' | 'maxVotes'>;

export function deadlinesOf(task: Timed): Deadlines {
  return {
    backupAt: afterShare(BACKUP_CALL, task).toISOString(),
    expiresAt: task.expiresAt.toISOString(),
    ...(task.maxVotes > task.minVotes
      ? { lastCallAt: afterShare(LAST_CALL, task).toISOString() }
      : {}),
  };
}

/** A task's deadlines as a timer. */
export function deadlineTimer(taskId: string, { backupAt, ...rest }: Deadlines): OutgoingEvent {
  return {
    id: `deadline:${taskId}`,
    name: 'task/deadline',
    data: { taskId, ...rest },
    ts: Date.parse(backupAt),
  };
}

/** The deadlines of the open ones among these tasks, as timers. */
export async function deadlineTimers(
  tx: Pick<Tx, 'task'>,
  taskIds: readonly string[],
): Promise<OutgoingEvent[]> {
  const tasks = await tx.task.findMany({
    where: { id: { in: [...taskIds] }, status: { in: [...OPEN] } },
    orderBy: { id: 'asc' },
    select: { id: true, slaSeconds: true, expiresAt: true, minVotes: true, maxVotes: true },
  });
  return tasks.map((task) => deadlineTimer(task.id, deadlinesOf(task)));
}

export async function isOpen(taskId: string): Promise<boolean> {
  const open = await db.task.count({ where: { id: taskId, status: { in: [...OPEN] } } });
  return open > 0;
}
