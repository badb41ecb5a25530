import { clock } from '@/server/platform/clock';
import { db, type Prisma } from '@/server/platform/db';
import { log } from '@/server/platform/log';
import { whereTimePasses } from '@/server/platform/test-clock';
import { sendPayout } from './send-payout';

/** A payout's own job wakes on time; the sweep takes what is later than that. */
const OVERDUE_MS = 10_000;
const AT_ONCE = 4;

/**
 * Takes on every payout that is overdue, because its job was lost or its process was killed.
 * @returns how many there were; at most 500 a call.
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
      // One that cannot be taken on does not keep the others from being paid.
      await sendPayout(id).catch((error: unknown) =>
        log.error({ err: error, payoutId: id }, 'A payout could not be taken on'),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { swept: overdue.length };
}

/** Adjustments are no organization's, so no test clock holds them. */
async function whereTheirTimePasses(): Promise<Prisma.PayoutWhereInput> {
  const passes = await whereTimePasses();
  return 'NOT' in passes ? { OR: [{ organizationId: null }, passes] } : {};
}
