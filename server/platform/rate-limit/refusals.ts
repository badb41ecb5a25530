import { clock } from '../clock';
import { db, Prisma } from '../db';
import { deleteInBatches } from '../delete-in-batches';
import { log } from '../log';
import { processWide } from '../process-wide';
import type { RateLimit } from './bucket-store';

const HOUR_MS = 3_600_000;
const FLUSH_MS = 5_000;
/** Refusals of more keys than this between two flushes are counted together. */
const KEYS_MAX = 200;
const KEPT_HOURS = 24 * 7;

/** The name for refusals beyond `KEYS_MAX`. */
const OTHERS = 'others';

interface Tally {
  hourMs: number;
  key: string;
  count: number;
  lastAtMs: number;
  limit: RateLimit;
}

interface Pending {
  tallies: Map<string, Tally>;
  timer: NodeJS.Timeout | null;
}

const pending = () =>
  processWide('rate-limit-refusals', (): Pending => ({ tallies: new Map(), timer: null }));

/** Counts a refusal in memory, to be flushed in a batch. */
export function noteRefusal(key: string, limit: RateLimit): void {
  const kept = pending();
  const nowMs = clock.nowMs();
  const hourMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  const isNew = !kept.tallies.has(`${hourMs}:${key}`);
  const counted = isNew && kept.tallies.size >= KEYS_MAX ? OTHERS : key;
  const name = `${hourMs}:${counted}`;
  const tally = kept.tallies.get(name) ?? { hourMs, key: counted, count: 0, lastAtMs: 0, limit };
  tally.count += 1;
  tally.lastAtMs = nowMs;
  kept.tallies.set(name, tally);
  kept.timer ??= setTimeout(() => void flushRefusals(), FLUSH_MS).unref();
}

/** Writes the counts in one statement. If that fails, they are logged and lost. */
export async function flushRefusals(): Promise<void> {
  const kept = pending();
  if (kept.timer) clearTimeout(kept.timer);
  kept.timer = null;
  const tallies = [...kept.tallies.values()];
  kept.tallies.clear();
  if (tallies.length === 0) return;
  const rows = tallies.map(
    ({
      hourMs,
      key,
      count,
      lastAtMs,
      limit,
    }) => Prisma.sql`(${new Date(hourMs)}::timestamptz, ${key},
      ${count}::int, ${limit.limit}::int, ${limit.windowSeconds}::int, ${new Date(lastAtMs)}::timestamptz)`,
  );
  try {
    await db.$executeRaw`
      INSERT INTO rate_limit_refusals AS refused (hour, key, count, "limit", window_seconds, last_at)
      VALUES ${Prisma.join(rows)}
      ON CONFLICT (hour, key) DO UPDATE
         SET count = refused.count + excluded.count, "limit" = excluded."limit",
             window_seconds = excluded.window_seconds,
             last_at = GREATEST(refused.last_at, excluded.last_at)`;
  } catch (error) {
    log.warn({ err: error, tallies: tallies.length }, 'Failed to record rate limit refusals');
  }
}

/** Refused callers by limit, within some hours. */
export interface Refused {
  key: string;
  count: number;
  limit: number;
  windowSeconds: number;
  lastAt: Date;
}

/** The most refused callers within the last `hours`, including the current one. */
export function listRefused(hours: number, max: number): Promise<Refused[]> {
  const since = new Date(clock.nowMs() - hours * HOUR_MS);
  return db.$queryRaw<Refused[]>`
    SELECT key, LEAST(2147483647, sum(count))::int AS count, max("limit") AS "limit",
           max(window_seconds) AS "windowSeconds", max(last_at) AS "lastAt"
      FROM rate_limit_refusals WHERE hour > ${since}
     GROUP BY key ORDER BY sum(count) DESC, key LIMIT ${max}`;
}

/** Deletes rows older than a week. Returns the number of rows deleted. */
export function deleteOldRefusals(): Promise<number> {
  const before = new Date(clock.nowMs() - KEPT_HOURS * HOUR_MS);
  return deleteInBatches(
    (rows) => db.$executeRaw`
      DELETE FROM rate_limit_refusals WHERE (hour, key) IN (
        SELECT hour, key FROM rate_limit_refusals WHERE hour < ${before} ORDER BY hour, key LIMIT ${rows})`,
  );
}
