import { clock } from '@/server/platform/clock';
import { transaction } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';
import { tellPages } from './tell-pages';

/** A page sends a heartbeat every 30 seconds; three missed ones mean that the worker is gone. */
const STALE_AFTER_MS = 90_000;

/**
 * Marks workers offline when their heartbeat stops, so that no task waits for them. Simulated
 * workers have no page and never go stale.
 * @returns the number marked offline.
 */
export async function markStaleWorkersOffline(): Promise<number> {
  const silentSince = new Date(clock.nowMs() - STALE_AFTER_MS);
  const count = await transaction(async (tx) => {
    const silent = await tx.worker.updateManyAndReturn({
      where: {
        online: true,
        simulated: false,
        OR: [{ lastSeenAt: null }, { lastSeenAt: { lt: silentSince } }],
      },
      data: { online: false },
      select: { id: true, mode: true },
    });
    await tellPages(tx, silent);
    return silent.length;
  });
  if (count > 0) kickOutbox();
  return count;
}
