import { clock } from '@/server/platform/clock';
import { transaction } from '@/server/platform/db';
import { deleteInBatches } from '@/server/platform/delete-in-batches';
import { firstIdAt } from '@/server/platform/ids';

const KEPT_MS = 30 * 24 * 60 * 60 * 1_000;

/**
 * Deletes settled deliveries older than a month with their attempts, and events left without
 * deliveries. IDs sort by time, so the oldest are found by primary key.
 * @returns the number of deliveries deleted.
 */
export function deleteOldDeliveries(): Promise<number> {
  const before = firstIdAt(clock.nowMs() - KEPT_MS);
  return deleteInBatches((rows) =>
    transaction(async (tx) => {
      const old = await tx.$queryRaw<{ id: string; eventId: string }[]>`
        SELECT id::text AS id, event_id AS "eventId" FROM deliveries
         WHERE id < ${before}::uuid AND status <> 'pending'
         ORDER BY id LIMIT ${rows} FOR UPDATE SKIP LOCKED`;
      if (old.length === 0) return 0;
      const ids = old.map(({ id }) => id);
      await tx.$executeRaw`DELETE FROM delivery_attempts WHERE delivery_id = ANY(${ids}::uuid[])`;
      await tx.$executeRaw`DELETE FROM deliveries WHERE id = ANY(${ids}::uuid[])`;
      const eventIds = [...new Set(old.map(({ eventId }) => eventId))];
      await tx.$executeRaw`
        DELETE FROM webhook_events e WHERE id = ANY(${eventIds}::text[])
           AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.event_id = e.id)`;
      return old.length;
    }),
  );
}
