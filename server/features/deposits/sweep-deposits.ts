import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { log } from '@/server/platform/log';
import { checkDeposit } from './check-deposit';

/** A fresh deposit is checked by its own job; the sweep takes over when that is late. */
const OVERDUE_MS = 10_000;
const AT_ONCE = 4;
const SWEPT_MAX = 200;

/**
 * Checks every deposit that is due: those no longer fresh, and those whose job was lost.
 * @returns the number checked; at most 200 per call.
 */
export async function sweepDeposits(): Promise<{ asked: number }> {
  const due = await db.deposit.findMany({
    where: { nextCheckAt: { lte: new Date(clock.nowMs() - OVERDUE_MS) } },
    orderBy: { nextCheckAt: 'asc' },
    take: SWEPT_MAX,
    select: { id: true },
  });
  const waiting = due.values();
  const work = async () => {
    for (const { id } of waiting) {
      // One failure does not block the others.
      await checkDeposit(id).catch((error: unknown) =>
        log.error({ err: error, depositId: id }, 'Failed to check a deposit'),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { asked: due.length };
}
