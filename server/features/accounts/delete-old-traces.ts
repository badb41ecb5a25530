import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';

const LINKS_KEPT_MS = 7 * 24 * 60 * 60 * 1_000;
const SESSIONS_KEPT_MS = 90 * 24 * 60 * 60 * 1_000;

/** Forgets links and sessions that ended long ago, with the addresses they came from. */
export async function deleteOldTraces(): Promise<{ links: number; sessions: number }> {
  const before = (ms: number) => new Date(clock.nowMs() - ms);
  const links = await db.accountLink.deleteMany({
    where: { expiresAt: { lt: before(LINKS_KEPT_MS) } },
  });
  const sessions = await db.session.deleteMany({
    where: {
      OR: [
        { expiresAt: { lt: before(SESSIONS_KEPT_MS) } },
        { revokedAt: { lt: before(SESSIONS_KEPT_MS) } },
      ],
    },
  });
  return { links: links.count, sessions: sessions.count };
}
