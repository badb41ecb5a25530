import { clock } from '@/server/platform/clock';
import { db, type Prisma } from '@/server/platform/db';
import { log } from '@/server/platform/log';
import { whereTimePasses } from '@/server/platform/test-clock';
import { sendPayout } from './send-payout';

/** A payout's own job wakes on time; the sweep handles what is later than this. */
const OVERDUE_MS = 10_000;
const AT_ONCE = 4;

/**
 * Processes every overdue payout whose job was lost or killed.
 * @returns the number processed; at most 500 per call.
 */
export async function sweepPayouts(): Promise<{ swept: number }> {
  const overdue = await db.payout.findMany({
    where: {
      status: { in: ['pending', 'sending'] },
      nextAttemptAt: { lte: new Date(clock.nowMs() - OVERDUE_MS) },
      ...(await whereTheirTimePasses()),
    },
    orderBy: { nextAttemptAt: 'asc' },
    take: 500,
    select: { id: true },
  });
  const waiting = overdue.values();
  const work = async () => {
    for (const { id } of waiting) {
      // One failure does not affect the others.
      await sendPayout(id).catch((error: unknown) =>
        log.error({ err: error, payoutId: id }, 'Failed to process a payout'),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { swept: overdue.length };
}

/** Adjustments have no organization, so no test clock holds them. */
async function whereTheirTimePasses(): Promise<Prisma.PayoutWhereInput> {
  const passes = await whereTimePasses();
  return 'NOT' in passes ? { OR: [{ organizationId: null }, passes] } : {};
}
