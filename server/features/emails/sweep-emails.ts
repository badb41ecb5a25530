import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { deleteInBatches } from '@/server/platform/delete-in-batches';

const OVERDUE_MS = 30_000;
const SWEPT_MAX = 200;
const KEPT_MS = 30 * 24 * 60 * 60 * 1_000;

/** Overdue e-mails: their run was lost, or its process was killed. */
export async function findOverdueEmails(): Promise<{ ids: string[]; minute: number }> {
  const now = clock.nowMs();
  const rows = await db.email.findMany({
    where: {
      status: { in: ['queued', 'sending'] },
      nextAttemptAt: { lte: new Date(now - OVERDUE_MS) },
    },
    select: { id: true },
    orderBy: { nextAttemptAt: 'asc' },
    take: SWEPT_MAX,
  });
  return { ids: rows.map(({ id }) => id), minute: Math.floor(now / 60_000) };
}

/** Deletes e-mails after a month, including their recipients. */
export function deleteOldEmails(): Promise<number> {
  const before = new Date(clock.nowMs() - KEPT_MS);
  return deleteInBatches(async (limit) => {
    const { count } = await db.email.deleteMany({ where: { createdAt: { lt: before } }, limit });
    return count;
  });
}
