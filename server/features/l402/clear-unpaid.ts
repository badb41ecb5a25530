import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';

/** After this no payment can be in flight, and no rail is queried. */
const KEPT_MS = 7 * 24 * 60 * 60_000;
const AT_ONCE = 5_000;

/**
 * Deletes purchases whose invoice expired unpaid a week ago; anyone can request one.
 * @returns the number deleted.
 */
export async function clearUnpaid(): Promise<number> {
  const before = new Date(clock.nowMs() - KEPT_MS);
  let cleared = 0;
  for (;;) {
    const count = await db.$executeRaw`
      DELETE FROM deposits WHERE id IN (
        SELECT id FROM deposits
         WHERE created_by LIKE 'purchase:%' AND status <> 'settled' AND next_check_at IS NULL
           AND expires_at < ${before}
         LIMIT ${AT_ONCE})`;
    cleared += count;
    if (count < AT_ONCE) return cleared;
  }
}
