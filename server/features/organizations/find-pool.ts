import { wallClock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { LruCache } from '@/server/platform/lru-cache';
import { processWide } from '@/server/platform/process-wide';

const FRESH_MS = 5_000;
const KEPT_MAX = 10_000;

interface Kept {
  pool: string | null;
  readAtMs: number;
}

const kept = () => processWide('organizations.pool', () => new LruCache<Kept>(KEPT_MAX));

/**
 * The pool an organization's tasks are kept to: its own id where it has switched the public pool
 * off, else null. At most five seconds behind a change, since every create asks.
 */
export async function findPool(organizationId: string): Promise<string | null> {
  const known = kept().get(organizationId);
  if (known && wallClock.nowMs() - known.readAtMs < FRESH_MS) return known.pool;
  const row = await db.organization.findUnique({
    where: { id: organizationId },
    select: { publicPool: true },
  });
  const pool = row?.publicPool === false ? organizationId : null;
  kept().set(organizationId, { pool, readAtMs: wallClock.nowMs() });
  return pool;
}

/** To be called after the switch was changed: from then on this process reads it anew. */
export function forgetPool(organizationId: string): void {
  kept().delete(organizationId);
}
