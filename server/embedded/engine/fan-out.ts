import { log } from '@/server/platform/log';
import { admit, type Match } from './admission';
import type { Database, Queryable } from './database';
import { applyEffects, cancelEffect, type Effect } from './effects';
import { compileExpression, InvalidExpression } from './expression';
import { matchValueAt } from './matching';
import { coversEvent, loadRegistry, type Registry } from './registry';
import { type NewRun, startRuns } from './start-runs';
import { StoredEvent } from './stored-event';

interface InboxRow {
  id: string;
  name: string;
  custom_id: string | null;
  ts: number;
  body: string;
  registry_version: number;
  match_paths: string[];
}

/** An event with the fields that pauses waiting for its name compare. */
interface Arrival {
  event: StoredEvent;
  matchPaths: string[];
}

const batchSize = 200;

/**
 * Turns the oldest accepted events into runs, resumed waits and cancellations, in one transaction
 * that also removes them from the inbox. One process at a time does so; if killed, it leaves
 * everything unchanged.
 * @returns the number of events processed; fewer than the batch size means that the inbox is empty.
 */
export async function fanOut(
  db: Database,
  currentRegistry: () => Promise<Registry>,
  nowMs: () => number,
): Promise<{ taken: number; more: boolean }> {
  try {
    const taken = await fanOutBatch(db, currentRegistry, nowMs, batchSize);
    return { taken, more: taken === batchSize };
  } catch (error) {
    log.warn(
      { err: error },
      'engine: a batch of events failed to fan out; retrying them one by one',
    );
    return await fanOutSingly(db, currentRegistry, nowMs);
  }
}

async function fanOutBatch(
  db: Database,
  currentRegistry: () => Promise<Registry>,
  nowMs: () => number,
  size: number,
): Promise<number> {
  return await db.transaction(async (tx) => {
    const { rows } = await tx.query<InboxRow>('SELECT * FROM take_inbox($1)', [size]);
    const [first] = rows;
    if (!first) return 0;
    let registry = await currentRegistry();
    if (registry.version !== first.registry_version) registry = await loadRegistry(tx);
    const arrivals = rows.map((row) => ({
      event: new StoredEvent(row.id, row.name, row.custom_id, row.ts, row.body),
      matchPaths: row.match_paths,
    }));
    await deliver(tx, registry, arrivals, nowMs());
    return rows.length;
  });
}

/** One event at a time; one that fails repeatedly is set aside so as not to block others. */
async function fanOutSingly(
  db: Database,
  currentRegistry: () => Promise<Registry>,
  nowMs: () => number,
): Promise<{ taken: number; more: boolean }> {
  try {
    const taken = await fanOutBatch(db, currentRegistry, nowMs, 1);
    return { taken, more: taken === 1 };
  } catch (error) {
    const { rows } = await db.query<{ seq: number; event_id: string; failures: number }>(
      `UPDATE inbox SET failures = failures + 1 WHERE seq = (SELECT min(seq) FROM inbox)
       RETURNING seq, event_id, failures`,
    );
    const row = rows[0];
    if (row && row.failures >= 5) {
      await db.query('DELETE FROM inbox WHERE seq = $1', [row.seq]);
      log.error({ err: error, event: row.event_id }, 'engine: an event failed to fan out');
    }
    return { taken: 0, more: (row?.failures ?? 0) >= 5 };
  }
}

async function deliver(
  tx: Queryable,
  registry: Registry,
  arrivals: Arrival[],
  nowMs: number,
): Promise<void> {
  const effects = await pausedEffects(tx, arrivals, nowMs);
  const events = arrivals.map(({ event }) => event);
  const matches = events.flatMap((event) => triggered(registry, event));
  if (matches.length > 0) {
    const runs = await startRuns(tx, await admit(tx, matches, nowMs), nowMs);
    effects.push(...cancelledAtOnce(registry, events, runs));
  }
  await applyEffects(tx, effects, nowMs);
}

/** The functions that an event triggers. */
export function triggered(registry: Registry, event: StoredEvent): Match[] {
  return registry
    .triggeredBy(event.name)
    .filter((fn) =>
      fn.triggers.some(
        (trigger) =>
          coversEvent(trigger.event, event.name) &&
          (!trigger.expression || trigger.expression.matches({ event: event.value })),
      ),
    )
    .map((fn) => ({ fn, event }));
}

interface PauseRow {
  kind: string;
  run_id: string;
  step_id: string | null;
  event_name: string;
  expression: string | null;
  match_path: string;
  match_value: string;
  run_event: string | null;
}

/** The waiting runs that these events resume, and those they cancel. */
async function pausedEffects(tx: Queryable, arrivals: Arrival[], nowMs: number): Promise<Effect[]> {
  const wanted = arrivals.flatMap(({ event, matchPaths }, index) =>
    matchPaths.flatMap((path) => {
      const value = matchValueAt(path === '' ? null : event.value, path);
      return value === undefined ? [] : [{ index, name: event.name, path, value }];
    }),
  );
  if (wanted.length === 0) return [];
  const { rows } = await tx.query<PauseRow & { index: number }>(
    `SELECT w.index, p.kind, p.run_id, p.step_id, p.event_name, p.expression, p.match_path,
       p.match_value, CASE WHEN p.match_path = '' AND p.expression IS NOT NULL THEN r.events[1] END AS run_event
     FROM unnest($1::int[], $2::text[], $3::text[], $4::text[]) AS w (index, name, path, value)
     JOIN pause p ON p.event_name = w.name AND p.match_path = w.path
       AND md5(p.match_value) = md5(w.value) AND p.match_value = w.value
     JOIN run r ON r.id = p.run_id
     WHERE p.kind IN ('wait', 'cancel') AND p.expires_at > $5 ORDER BY w.index`,
    [
      wanted.map((item) => item.index),
      wanted.map((item) => item.name),
      wanted.map((item) => item.path),
      wanted.map((item) => item.value),
      nowMs,
    ],
  );
  return rows.flatMap((row) => {
    const event = arrivals[row.index]?.event;
    return event && pauseMatches(row, event) ? [pauseEffect(row, event)] : [];
  });
}

function pauseMatches(row: PauseRow, event: StoredEvent): boolean {
  if (row.match_path !== '' || row.expression === null) return true;
  try {
    const own: unknown = JSON.parse(row.run_event ?? 'null');
    return compileExpression(row.expression).matches({ event: own, async: event.value });
  } catch (error) {
    if (error instanceof InvalidExpression) return false;
    throw error;
  }
}

function pauseEffect(row: PauseRow, event: StoredEvent): Effect {
  if (row.kind === 'cancel') return cancelEffect(row.run_id, `the event ${event.name} arrived`);
  return {
    run: row.run_id,
    steps: [{ state: 'resumed', id: row.step_id ?? '', result: `{"data":${event.body}}` }],
    next: 'auto',
  };
}

/** Runs started in this batch and cancelled by a later event of the same batch. */
function cancelledAtOnce(registry: Registry, events: StoredEvent[], runs: NewRun[]): Effect[] {
  if (!events.some((event) => registry.cancels(event.name))) return [];
  return runs.flatMap((run) => {
    const own = events.findIndex((event) => event.body === run.events.at(-1));
    const hit = events.slice(own + 1).find((event) => own >= 0 && cancelsRun(run, event));
    return hit ? [cancelEffect(run.id, `the event ${hit.name} arrived`)] : [];
  });
}

function cancelsRun(run: NewRun, event: StoredEvent): boolean {
  return run.cancels.some((cancel) => {
    if (cancel.event !== event.name) return false;
    if (cancel.matchPath !== '')
      return matchValueAt(event.value, cancel.matchPath) === cancel.matchValue;
    if (cancel.expression === null) return true;
    const own: unknown = JSON.parse(run.events[0] ?? 'null');
    return compileExpression(cancel.expression).matches({ event: own, async: event.value });
  });
}
