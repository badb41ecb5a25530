import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { log } from '@/server/platform/log';
import { checkDeposit } from './check-deposit';

/** A fresh deposit's own job asks on time; the sweep takes what is later than that. */
const OVERDUE_MS = 10_000;
const AT_ONCE = 4;
const SWEPT_MAX = 200;

/**
 * Asks about every deposit whose time has come: those no longer fresh, and those whose job was lost.
 * @returns how many there were; at most 200 a call.
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
      // One that cannot be settled does not keep the others from it.
      await checkDeposit(id).catch((error: unknown) =>
        log.error({ err: error, depositId: id }, 'A deposit could not be looked after'),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { asked: due.length };
}
