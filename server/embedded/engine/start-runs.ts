import type { Queryable } from './database';
import { parseDuration } from './duration';
import { applyEffects, cancelEffect, type Effect } from './effects';
import { compileExpression, type Expression, keyText } from './expression';
import { newUlid, shortHash } from './ids';
import { matchIndex } from './matching';
import type { RegisteredFunction } from './registry';
import { isStorable } from './storable-text';
import type { StoredEvent } from './stored-event';

/** A request to run a function; flow control on the start (throttle, singleton) still applies. */
export interface StartRequest {
  fn: RegisteredFunction;
  events: StoredEvent[];
  /** The step that invoked it, which receives the result. */
  parent?: { run: string; step: string };
}

/** A run as `create_runs` takes it. */
export interface NewRun {
  id: string;
  fn: string;
  eventName: string;
  events: string[];
  createdAt: number;
  runAt: number;
  score: number;
  maxAttempts: number;
  ckeys: string[];
  climits: number[];
  singleton: string | null;
  parentRun: string | null;
  parentStep: string | null;
  startMs: number | null;
  finishMs: number | null;
  cancels: {
    event: string;
    expression: string | null;
    matchPath: string;
    matchValue: string;
    expiresAt: number;
  }[];
}

/**
 * Serializes everything that starts runs: events fan out in the order of acceptance, and dedup
 * keys, buckets and batches do not change meanwhile. Held until the transaction ends.
 */
export async function lockStarts(tx: Queryable): Promise<void> {
  await tx.query('SELECT lock_starts()');
}

/**
 * Creates the requested runs, in order. The caller holds `lockStarts`.
 * @returns the runs that now exist, without skipped singletons.
 */
export async function startRuns(
  tx: Queryable,
  requests: StartRequest[],
  nowMs: number,
): Promise<NewRun[]> {
  if (requests.length === 0) return [];
  const starts = await throttledStarts(tx, requests, nowMs);
  const runs = requests.map((request, index) => planRun(request, starts[index] ?? nowMs, nowMs));
  await cancelFormerSingletons(tx, requests, runs, nowMs);
  const created = await tx.query<{ ids: string[] }>('SELECT create_runs($1, $2) AS ids', [
    JSON.stringify(runs.filter((run, index) => !isOvertaken(run, index, requests, runs))),
    nowMs,
  ]);
  const ids = new Set(created.rows[0]?.ids);
  return runs.filter((run) => ids.has(run.id));
}

/** The run for a request, starting at `startMs`. */
export function planRun(request: StartRequest, startMs: number, nowMs: number): NewRun {
  const { fn, events, parent } = request;
  const first = events[0];
  const event = first?.value;
  const runAt = Math.max(startMs, first?.ts ?? 0, nowMs);
  const boost = priorityMs(fn, event);
  const singleton = fn.config.singleton;
  return {
    id: newUlid(nowMs),
    fn: fn.id,
    eventName: first?.name ?? '',
    events: events.map((item) => item.body),
    createdAt: nowMs,
    runAt,
    score: runAt - boost,
    maxAttempts: fn.maxAttempts,
    ckeys: fn.concurrency.map((limit) => limit.prefix + (limit.key ? keyOf(limit.key, event) : '')),
    climits: fn.concurrency.map((limit) => limit.limit),
    singleton: singleton ? partition('singleton', fn, singleton.key, event) : null,
    parentRun: parent?.run ?? null,
    parentStep: parent?.step ?? null,
    startMs: fn.startMs ?? null,
    finishMs: fn.finishMs ?? null,
    cancels: fn.cancels.map((cancel) => ({
      event: cancel.event,
      expression: cancel.source ?? null,
      ...matchIndex(cancel.source, event),
      expiresAt: nowMs + cancel.validMs,
    })),
  };
}

/**
 * How far a run may overtake others; as on the real server, a negative priority does not delay it.
 */
function priorityMs(fn: RegisteredFunction, event: unknown): number {
  const source = fn.config.priority?.run;
  if (!source) return 0;
  const value = Number(compileExpression(source).value({ event }));
  return Number.isFinite(value) ? Math.min(Math.max(value, 0), 600) * 1_000 : 0;
}

function keyOf(expression: Expression, event: unknown): string {
  return shorten(keyText(expression.value({ event }) ?? null));
}

/** The key of a flow control's partition: function, feature, and the value of its expression. */
export function partition(
  feature: string,
  fn: RegisteredFunction,
  source: string | undefined,
  event: unknown,
): string {
  const value = source ? keyOf(compileExpression(source), event) : '';
  return `${feature}:${fn.id}:${value}`;
}

function shorten(key: string): string {
  return key.length > 120 || !isStorable(key) ? shortHash(key) : key;
}

/**
 * Reserves each throttled run's start by GCRA: `limit + burst` immediately, then one every `period
 * / limit`. Reserving on admission keeps them in order and needs no second queue.
 */
async function throttledStarts(
  tx: Queryable,
  requests: StartRequest[],
  nowMs: number,
): Promise<(number | undefined)[]> {
  const keys = requests.map(({ fn, events }) =>
    fn.config.throttle
      ? partition('throttle', fn, fn.config.throttle.key, events[0]?.value)
      : undefined,
  );
  const buckets = await loadBuckets(
    tx,
    keys.filter((key) => key !== undefined),
  );
  if (!buckets) return [];
  const starts = requests.map(({ fn }, index) => {
    const key = keys[index];
    const throttle = fn.config.throttle;
    if (key === undefined || !throttle) return undefined;
    const interval = (parseDuration(throttle.period) ?? 0) / throttle.limit;
    const capacity = throttle.limit + (throttle.burst ?? 0);
    const tat = Math.max(buckets.get(key) ?? 0, nowMs);
    buckets.set(key, tat + interval);
    return Math.max(nowMs, Math.ceil(tat - (capacity - 1) * interval));
  });
  await saveBuckets(tx, buckets);
  return starts;
}

/** Reads the arrival times of these keys; undefined if there are no keys. */
export async function loadBuckets(
  tx: Queryable,
  keys: string[],
): Promise<Map<string, number> | undefined> {
  if (keys.length === 0) return undefined;
  const { rows } = await tx.query<{ key: string; tat: number }>(
    'SELECT key, tat FROM bucket WHERE key = ANY($1)',
    [keys],
  );
  return new Map(rows.map((row) => [row.key, row.tat]));
}

/** Writes the arrival times back. */
export async function saveBuckets(tx: Queryable, buckets: Map<string, number>): Promise<void> {
  const entries = [...buckets];
  await tx.query(
    `INSERT INTO bucket (key, tat) SELECT * FROM unnest($1::text[], $2::bigint[])
     ON CONFLICT (key) DO UPDATE SET tat = excluded.tat`,
    [entries.map(([key]) => key), entries.map(([, tat]) => Math.ceil(tat))],
  );
}

/** Of several runs of one cancelling singleton that start together, only the last one does. */
function isOvertaken(
  run: NewRun,
  index: number,
  requests: StartRequest[],
  runs: NewRun[],
): boolean {
  if (run.singleton === null) return false;
  if (requests[index]?.fn.config.singleton?.mode !== 'cancel') return false;
  return runs.some((other, place) => place > index && other.singleton === run.singleton);
}

async function cancelFormerSingletons(
  tx: Queryable,
  requests: StartRequest[],
  runs: NewRun[],
  nowMs: number,
): Promise<void> {
  const keys = runs.flatMap((run, index) =>
    requests[index]?.fn.config.singleton?.mode === 'cancel' && run.singleton ? run.singleton : [],
  );
  if (keys.length === 0) return;
  const { rows } = await tx.query<{ id: string }>(
    'SELECT id FROM run WHERE singleton_key = ANY($1) AND ended_at IS NULL ORDER BY id',
    [keys],
  );
  const effects: Effect[] = rows.map(({ id }) => cancelEffect(id, 'a newer run took its place'));
  await applyEffects(tx, effects, nowMs);
}
