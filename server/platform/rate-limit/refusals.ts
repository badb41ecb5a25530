import { clock } from '../clock';
import { db, Prisma } from '../db';
import { deleteInBatches } from '../delete-in-batches';
import { log } from '../log';
import { processWide } from '../process-wide';
import type { RateLimit } from './bucket-store';

const HOUR_MS = 3_600_000;
const FLUSH_MS = 5_000;
/** Whoever is refused beyond so many keys between two flushes is counted together. */
const KEYS_MAX = 200;
const KEPT_HOURS = 24 * 7;

/** The name under which those beyond `KEYS_MAX` are counted. */
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

/** Counts a refusal: in memory now, in the database with all others of these seconds. */
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

/** Writes what was counted, in one statement. Where that fails, the log says so and it is lost. */
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
    log.warn({ err: error, tallies: tallies.length }, 'Refusals of rate limits were not counted');
  }
}

/** Who was refused by which limit, within some hours. */
export interface Refused {
  key: string;
  count: number;
  limit: number;
  windowSeconds: number;
  lastAt: Date;
}

/** Those refused most within the last `hours`, the hour that is under way included. */
export function listRefused(hours: number, max: number): Promise<Refused[]> {
  const since = new Date(clock.nowMs() - hours * HOUR_MS);
  return db.$queryRaw<Refused[]>`
    SELECT key, LEAST(2147483647, sum(count))::int AS count, max("limit") AS "limit",
           max(window_seconds) AS "windowSeconds", max(last_at) AS "lastAt"
      FROM rate_limit_refusals WHERE hour > ${since}
     GROUP BY key ORDER BY sum(count) DESC, key LIMIT ${max}`;
}

/** Forgets what is older than a week. Gives the number of rows. */
export function deleteOldRefusals(): Promise<number> {
  const before = new Date(clock.nowMs() - KEPT_HOURS * HOUR_MS);
  return deleteInBatches(
    (rows) => db.$executeRaw`
      DELETE FROM rate_limit_refusals WHERE (hour, key) IN (
        SELECT hour, key FROM rate_limit_refusals WHERE hour < ${before} ORDER BY hour, key LIMIT ${rows})`,
  );
}
