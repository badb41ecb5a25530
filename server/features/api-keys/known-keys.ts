import type { ApiKey } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { LruCache } from '@/server/platform/lru-cache';
import { processWide } from '@/server/platform/process-wide';

/** How long a revocation elsewhere can go unnoticed here; event streams look again on top of it. */
const FRESH_MS_MAX = 2_500;
const KEYS_MAX = 10_000;

interface KnownKey {
  row: ApiKey;
  readAtMs: number;
}

/**
 * The keys this process has read lately, by hash, so that a busy key costs one read in a
 * few seconds. Unknown hashes are not remembered: a flood of guesses must not push real keys out.
 */
class KnownKeys {
  private readonly cache = new LruCache<KnownKey>(KEYS_MAX);
  private readonly reading = new Map<string, Promise<ApiKey | null>>();
  /** Grows with every change made here; a read begun before one is not kept after it. */
  private changes = 0;

  async find(hash: string): Promise<ApiKey | null> {
    const known = this.cache.get(hash);
    const ageMs = known ? clock.nowMs() - known.readAtMs : Number.NaN;
    if (known && ageMs >= 0 && ageMs < FRESH_MS_MAX) return known.row;
    const underWay = this.reading.get(hash);
    if (underWay !== undefined) return underWay;
    const read = this.read(hash).finally(() => {
      if (this.reading.get(hash) === read) this.reading.delete(hash);
    });
    this.reading.set(hash, read);
    return read;
  }

  private async read(hash: string): Promise<ApiKey | null> {
    const { changes } = this;
    const readAtMs = clock.nowMs();
    const row = await db.apiKey.findUnique({ where: { hash } });
    if (row && changes === this.changes) this.cache.set(hash, { row, readAtMs });
    else if (!row) this.cache.delete(hash);
    return row;
  }

  /** To be called after a key's change was committed: from then on this process reads it anew. */
  forget(hash: string): void {
    this.changes++;
    this.cache.delete(hash);
    this.reading.delete(hash);
  }
}

export function knownKeys(): KnownKeys {
  return processWide('api-keys.known-keys', () => new KnownKeys());
}
