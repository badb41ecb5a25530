import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { whereTimePasses } from '@/server/platform/test-clock';

/** A delivery's own run wakes on time; what is later than this has lost it. */
const OVERDUE_MS = 30_000;

/** Deliveries that nobody seems to be making, longest overdue first, at most 1,000. */
export async function findOverdueDeliveries(): Promise<{
  overdue: { id: string; url: string }[];
  /** Of this look; tells its events from those of the next one. */
  minute: number;
}> {
  const nowMs = clock.nowMs();
  const overdue = await db.delivery.findMany({
    where: {
      status: 'pending',
      nextAttemptAt: { lte: new Date(nowMs - OVERDUE_MS) },
      ...(await whereTimePasses()),
    },
    orderBy: { nextAttemptAt: 'asc' },
    take: 1_000,
    select: { id: true, url: true },
  });
  return { overdue, minute: Math.floor(nowMs / 60_000) };
}
