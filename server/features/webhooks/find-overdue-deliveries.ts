import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { whereTimePasses } from '@/server/platform/test-clock';

/** A delivery's own run wakes on time; if it is later than this, the run was lost. */
const OVERDUE_MS = 30_000;

/** Deliveries whose run was lost, longest overdue first, at most 1,000. */
export async function findOverdueDeliveries(): Promise<{
  overdue: { id: string; url: string }[];
  /** The time of this look, which distinguishes its events from the next one's. */
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
