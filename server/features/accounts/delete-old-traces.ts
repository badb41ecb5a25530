import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { deleteInBatches } from '@/server/platform/delete-in-batches';

const LINKS_KEPT_MS = 7 * 24 * 60 * 60 * 1_000;
const SESSIONS_KEPT_MS = 90 * 24 * 60 * 60 * 1_000;

/** Deletes links and sessions that ended long ago, with the IP addresses they came from. */
export async function deleteOldTraces(): Promise<{ links: number; sessions: number }> {
  const before = (ms: number) => new Date(clock.nowMs() - ms);
  const links = await deleteInBatches(async (limit) => {
    const where = { expiresAt: { lt: before(LINKS_KEPT_MS) } };
    const { count } = await db.accountLink.deleteMany({ where, limit });
    return count;
  });
  const ended = before(SESSIONS_KEPT_MS);
  const sessions = await deleteInBatches(async (limit) => {
    const where = { OR: [{ expiresAt: { lt: ended } }, { revokedAt: { lt: ended } }] };
    const { count } = await db.session.deleteMany({ where, limit });
    return count;
  });
  return { links, sessions };
}
