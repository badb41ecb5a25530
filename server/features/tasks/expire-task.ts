import { releaseHold } from '@/server/features/ledger';
import { clock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';
import { whereTimePasses } from '@/server/platform/test-clock';
import { endOpenAssignments } from './end-assignments';
import { heldBy } from './held-by';
import { transition } from './transition';

/**
 * Ends a task whose time is up, and frees its hold. Timer and sweep both call it; it looks at the
 * world again, so an early or a second call does nothing.
 * @returns true where this call ended it.
 */
export async function expireTask(taskId: string): Promise<boolean> {
  const now = clock.now();
  const due = await db.task.findFirst({
    where: { id: taskId, expiresAt: { lte: now } },
    select: { onTimeout: true },
  });
  if (!due) return false;
  const fallback = due.onTimeout as { action: string; output?: unknown };
  const usesDefault = fallback.action === 'default' && fallback.output !== undefined;
  const expired = await transaction(async (tx) => {
    const row = await transition(tx, {
      taskId,
      action: 'expire',
      by: 'system',
      set: {
        failureCode: usesDefault ? 'sla_expired_default_used' : 'sla_expired',
        failureMessage: usesDefault
          ? 'No verified answer came in time; output is the default given in on_timeout.'
          : 'No verified answer came in time.',
        ...(usesDefault ? { output: fallback.output } : {}),
      },
    });
    if (!row) return false;
    await tx.review.updateMany({
      where: { taskId, status: 'open', blocking: true },
      data: { status: 'void' },
    });
    await endOpenAssignments(tx, taskId, 'The time for this task ran out.');
    await releaseHold(tx, { ...heldBy(row), reason: 'expired' });
    return true;
  });
  if (expired) kickOutbox();
  return expired;
}

/** Expires whatever is overdue, up to 500 at a time. @returns how many. */
export async function expireOverdueTasks(): Promise<number> {
  const overdue = await db.task.findMany({
    where: {
      status: { in: ['posted', 'assigned', 'submitted'] },
      expiresAt: { lte: clock.now() },
      ...(await whereTimePasses()),
    },
    select: { id: true },
    orderBy: { expiresAt: 'asc' },
    take: 500,
  });
  let count = 0;
  for (const { id } of overdue) if (await expireTask(id)) count++;
  return count;
}
