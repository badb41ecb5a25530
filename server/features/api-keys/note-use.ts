import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { log } from '@/server/platform/log';
import { LruCache } from '@/server/platform/lru-cache';
import { processWide } from '@/server/platform/process-wide';

const WRITE_EVERY_MS = 60_000;
const KEYS_MAX = 10_000;

/**
 * Records a key's use in the background, at most once a minute: the timestamp only tells people
 * whether a key is still in use, and must not slow down its calls.
 */
export function noteUse(key: { id: string; lastUsedAt: Date | null }): void {
  const noted = processWide('api-keys.noted-uses', () => new LruCache<number>(KEYS_MAX));
  const nowMs = clock.nowMs();
  const lastMs = Math.max(noted.get(key.id) ?? 0, key.lastUsedAt?.getTime() ?? 0);
  if (nowMs - lastMs < WRITE_EVERY_MS) return;
  noted.set(key.id, nowMs);
  const usedAt = new Date(nowMs);
  db.$executeRaw`
    UPDATE api_keys SET last_used_at = ${usedAt}
     WHERE id = ${key.id}::uuid
       AND (last_used_at IS NULL OR last_used_at <= ${new Date(nowMs - WRITE_EVERY_MS)})`.catch(
    (error: unknown) =>
      log.warn({ err: error, keyId: key.id }, 'Failed to record a key’s last use'),
  );
}
