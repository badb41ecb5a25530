import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from './database';
import { limits } from './limits';

/** Rows of each table deleted per statement. */
const size = 1_000;
const pauseMs = 20;

interface Horizons {
  completed: number | null;
  others: number | null;
  events: number | null;
}

/**
 * Deletes expired rows until none are left, a thousand per table at a time with a pause in between:
 * ended runs with their steps, events, dedup keys and expired buckets. See `limits` for retention.
 * @param goesOn checked between two statements.
 * @returns whether more than one statement was needed.
 */
export async function deleteOld(
  db: Database,
  nowMs: number,
  goesOn: () => boolean = () => true,
): Promise<boolean> {
  const before = nowMs - limits.retentionMs;
  const { completed, others, events } = await readHorizons(db);
  const horizon = (ms: number | null) => Math.max(before, Math.min(ms ?? 0, nowMs - limits.keptMs));
  const values = [nowMs, horizon(completed), horizon(others), horizon(events), before, size];
  for (let n = 0; goesOn(); n += 1) {
    const { rows } = await db.query<{ more: boolean }>(
      'SELECT delete_old($1, $2, $3, $4, $5, $6) AS more',
      values,
    );
    if (!rows[0]?.more) return n > 0;
    await sleep(pauseMs);
  }
  return false;
}

/** The end or arrival time of the oldest row kept because of the count limits. */
async function readHorizons(db: Database): Promise<Horizons> {
  const { rows } = await db.query<Horizons>(
    `SELECT
       (SELECT ended_at FROM run WHERE status = 'completed' AND ended_at IS NOT NULL
        ORDER BY ended_at DESC OFFSET $1 LIMIT 1) AS completed,
       (SELECT ended_at FROM run WHERE status <> 'completed' AND ended_at IS NOT NULL
        ORDER BY ended_at DESC OFFSET $2 LIMIT 1) AS others,
       (SELECT received_at FROM event ORDER BY received_at DESC OFFSET $3 LIMIT 1) AS events`,
    [limits.completedKept, limits.failedKept, limits.eventsKept],
  );
  return rows[0] ?? { completed: null, others: null, events: null };
}
