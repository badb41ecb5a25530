import type { Queryable } from './database';
import { parseDuration } from './duration';
import { denseKey, newUlid, shortHash } from './ids';
import { limits } from './limits';
import type { RegisteredFunction } from './registry';
import { loadBuckets, partition, type StartRequest, saveBuckets } from './start-runs';
import { eventFromBody, type StoredEvent } from './stored-event';

/** An event that a function's trigger matched. */
export interface Match {
  fn: RegisteredFunction;
  event: StoredEvent;
}

/**
 * Applies flow control to triggered events before they become runs: drops duplicates and events
 * over a rate limit, stores batched and debounced ones for later, and returns the rest, in order,
 * to start now.
 */
export async function admit(
  tx: Queryable,
  matches: Match[],
  nowMs: number,
): Promise<StartRequest[]> {
  const fresh = await dropDuplicates(tx, matches, nowMs);
  const allowed = await dropRateLimited(tx, fresh, nowMs);
  const batched = allowed.filter(({ fn }) => fn.config.batchEvents);
  const debounced = allowed.filter(({ fn }) => !fn.config.batchEvents && fn.config.debounce);
  const starts: StartRequest[] = allowed
    .filter(({ fn }) => !fn.config.batchEvents && !fn.config.debounce)
    .map(({ fn, event }) => ({ fn, events: [event] }));
  if (batched.length > 0) starts.push(...(await collectBatches(tx, batched, nowMs)));
  for (const match of debounced) await debounce(tx, match, nowMs);
  return starts;
}

/**
 * Deduplication keys per function and day: the sender's event id, and the function's idempotency
 * key.
 */
export function dedupKeys({ fn, event }: Match): string[] {
  const keys = [
    ...(event.customId === null ? [] : [`id:${fn.id}:${shortHash(event.customId)}`]),
    ...(fn.config.idempotency
      ? [partition('idempotency', fn, fn.config.idempotency, event.value)]
      : []),
  ];
  return keys.map(denseKey);
}

async function dropDuplicates(tx: Queryable, matches: Match[], nowMs: number): Promise<Match[]> {
  const keys = [...new Set(matches.flatMap(dedupKeys))].sort();
  if (keys.length === 0) return matches;
  const { rows } = await tx.query<{ key: string }>(
    `INSERT INTO dedup (key, expires_at) SELECT unnest($1::uuid[]), $2
     ON CONFLICT (key) DO UPDATE SET expires_at = excluded.expires_at WHERE dedup.expires_at <= $3
     RETURNING key`,
    [keys, nowMs + limits.dedupMs, nowMs],
  );
  const unused = new Set(rows.map((row) => row.key));
  return matches.filter((match) => {
    const own = dedupKeys(match);
    const isNew = own.every((key) => unused.has(key));
    if (isNew) for (const key of own) unused.delete(key);
    return isNew;
  });
}

/** GCRA without a burst, as measured on the real server: 2 in 30 s admits one every 15 s. */
async function dropRateLimited(tx: Queryable, matches: Match[], nowMs: number): Promise<Match[]> {
  const keyOf = ({ fn, event }: Match) =>
    fn.config.rateLimit ? partition('rate', fn, fn.config.rateLimit.key, event.value) : undefined;
  const buckets = await loadBuckets(
    tx,
    matches.map(keyOf).filter((key) => key !== undefined),
  );
  if (!buckets) return matches;
  const allowed = matches.filter((match) => {
    const key = keyOf(match);
    const rate = match.fn.config.rateLimit;
    if (key === undefined || !rate) return true;
    const tat = buckets.get(key) ?? 0;
    if (tat > nowMs) return false;
    buckets.set(key, nowMs + (parseDuration(rate.period) ?? 0) / rate.limit);
    return true;
  });
  await saveBuckets(tx, buckets);
  return allowed;
}

interface BatchRow {
  key: string;
  id: string;
  fn_id: string;
  events: string[];
}

/** Adds events to their batches; full batches start, others get a timer with their first event. */
async function collectBatches(
  tx: Queryable,
  matches: Match[],
  nowMs: number,
): Promise<StartRequest[]> {
  const keyOf = ({ fn, event }: Match) =>
    partition('batch', fn, fn.config.batchEvents?.key, event.value);
  const { rows } = await tx.query<BatchRow>('SELECT * FROM batch WHERE key = ANY($1)', [
    [...new Set(matches.map(keyOf))],
  ]);
  const open = new Map(rows.map((row) => [row.key, row]));
  const full: StartRequest[] = [];
  for (const match of matches) {
    const key = keyOf(match);
    const batch = open.get(key) ?? { key, id: newUlid(nowMs), fn_id: match.fn.id, events: [] };
    batch.events.push(match.event.body);
    open.set(key, batch);
    if (batch.events.length >= (match.fn.config.batchEvents?.maxSize ?? 1)) {
      full.push({ fn: match.fn, events: batch.events.map(eventFromBody) });
      await tx.query('DELETE FROM job WHERE id = $1', [`batch:${batch.id}`]);
      await tx.query('DELETE FROM batch WHERE key = $1', [key]);
      open.delete(key);
    }
  }
  for (const batch of open.values()) {
    const fn = matches.find((match) => match.fn.id === batch.fn_id)?.fn;
    const due = nowMs + (parseDuration(fn?.config.batchEvents?.timeout ?? '') ?? 0);
    await tx.query(
      `INSERT INTO batch (key, id, fn_id, events, due) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (key) DO UPDATE SET events = excluded.events`,
      [batch.key, batch.id, batch.fn_id, batch.events, due],
    );
    await insertTimer(tx, `batch:${batch.id}`, 'batch', batch.fn_id, due, batch.key);
  }
  return full;
}

/** The latest event replaces the waiting one and restarts the quiet period. */
async function debounce(tx: Queryable, { fn, event }: Match, nowMs: number): Promise<void> {
  const config = fn.config.debounce;
  const key = partition('debounce', fn, config?.key, event.value);
  const period = parseDuration(config?.period ?? '') ?? 0;
  const cap = config?.timeout ? nowMs + (parseDuration(config.timeout) ?? 0) : null;
  const { rows } = await tx.query<{ due: number }>(
    `INSERT INTO debounce (key, fn_id, event, due, deadline) VALUES ($1, $2, $3, least($4::bigint, $5::bigint), $5::bigint)
     ON CONFLICT (key) DO UPDATE SET event = excluded.event,
       due = least($4::bigint, debounce.deadline) RETURNING due`,
    [key, fn.id, event.body, nowMs + period + limits.debounceSlackMs, cap],
  );
  const due = rows[0]?.due ?? nowMs;
  const id = `debounce:${shortHash(key)}`;
  await insertTimer(tx, id, 'debounce', fn.id, due, key);
  await tx.query("UPDATE job SET run_at = $2 WHERE id = $1 AND state = 'future'", [id, due]);
}

async function insertTimer(
  tx: Queryable,
  id: string,
  kind: string,
  fnId: string,
  due: number,
  payload: string,
): Promise<void> {
  await tx.query(
    `INSERT INTO job (id, kind, fn_id, state, run_at, score, payload)
     VALUES ($1, $2, $3, 'future', $4, $5, $6) ON CONFLICT DO NOTHING`,
    [id, kind, fnId, due, due - 1e9, payload],
  );
}
