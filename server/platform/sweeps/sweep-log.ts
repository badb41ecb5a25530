import { clock } from '../clock';
import { db } from '../db';
import { log } from '../log';
import { processWide } from '../process-wide';

const ERROR_MAX = 500;
const FOUND_MAX = 2_000;
/** A process that has not ended a sweep by then is taken for dead: no call of the engine takes longer. */
const CLAIMED_MS = 5 * 60_000;

/** The background function that runs the sweeps of each minute. */
export const MINUTE_SWEEPS = 'sweeps/minute';

/** A sweep as it was declared. */
export interface DeclaredSweep {
  id: string;
  cron: string;
}

const declared = () => processWide('sweeps', () => new Map<string, DeclaredSweep>());

/** Makes a sweep known to those who watch whether it runs. */
export function declareSweep(sweep: DeclaredSweep): void {
  declared().set(sweep.id, sweep);
}

/** Every sweep of this build, by name. */
export function declaredSweeps(): DeclaredSweep[] {
  return [...declared().values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The latest run of a sweep, and the latest that ended well. */
export interface SweepRun {
  id: string;
  startedAt: Date;
  endedAt: Date | null;
  tookMs: number | null;
  /** What it gave: how many rows it found or changed, as it says them. */
  found: unknown;
  /** Tries that failed since one ended well. */
  failures: number;
  failingSince: Date | null;
  lastError: string | null;
}

/** What is known of each sweep; none for those that have never run. */
export function listSweepRuns(): Promise<SweepRun[]> {
  return db.sweepRun.findMany({ omit: { runId: true, claimedUntil: true } });
}

/** A log that cannot be written must not stop what it is about. */
async function quietly(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    log.warn({ err: error }, 'A run of a sweep was not written down');
  }
}

/** A run began; the engine calls once a step, so that only the first call of a run counts. */
export function noteSweepStart(id: string, runId: string): Promise<void> {
  return quietly(db.$executeRaw`
    INSERT INTO sweep_runs AS run (id, run_id, started_at)
    VALUES (${id}, ${runId}, ${clock.now()})
    ON CONFLICT (id) DO UPDATE SET run_id = excluded.run_id, started_at = excluded.started_at
     WHERE run.run_id <> excluded.run_id`);
}

function foundText(found: unknown): string {
  const text = JSON.stringify(found ?? null);
  return text.length <= FOUND_MAX ? text : 'null';
}

function errorText(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, ERROR_MAX);
}

/** A run ended well, and gave `found`. */
export function noteSweepEnd(id: string, runId: string, found: unknown): Promise<void> {
  const now = clock.now();
  return quietly(db.$executeRaw`
    UPDATE sweep_runs
       SET ended_at = ${now}, found = ${foundText(found)}::jsonb,
           took_ms = LEAST(2147483647, extract(epoch FROM ${now}::timestamptz - started_at) * 1000)::int,
           failures = 0, failing_since = NULL, last_error = NULL
     WHERE id = ${id} AND run_id = ${runId}`);
}

/** A try failed; the engine tries again. */
export function noteSweepFailure(id: string, error: unknown): Promise<void> {
  return quietly(db.$executeRaw`
    UPDATE sweep_runs
       SET failures = failures + 1, last_error = ${errorText(error)},
           failing_since = COALESCE(failing_since, ${clock.now()})
     WHERE id = ${id}`);
}

/**
 * Takes sweeps for one run, in one statement, so that each runs in one place at a time. What this run
 * took before is its own again: the process that had it is gone.
 * @param startedBefore leaves alone those that began at that time or later; null takes all.
 * @returns the ids of those that were taken.
 */
export async function claimSweeps(
  ids: readonly string[],
  runId: string,
  startedBefore: Date | null,
): Promise<string[]> {
  const now = clock.now();
  const until = new Date(now.getTime() + CLAIMED_MS);
  const rows = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO sweep_runs AS run (id, run_id, started_at, claimed_until)
    SELECT id, ${runId}, ${now}, ${until} FROM unnest(${[...ids].sort()}::text[]) AS id
    ON CONFLICT (id) DO UPDATE
       SET run_id = excluded.run_id, started_at = excluded.started_at,
           claimed_until = excluded.claimed_until
     WHERE run.run_id = excluded.run_id
        OR (COALESCE(run.claimed_until <= ${now}, true)
            AND (${startedBefore}::timestamptz IS NULL OR run.started_at < ${startedBefore}))
    RETURNING id`;
  return rows.map(({ id }) => id);
}

/** How a sweep that was taken ended: with what it gave, or with an error. */
export interface SweepEnd {
  id: string;
  tookMs: number;
  found?: unknown;
  error?: unknown;
}

/** Writes down how sweeps of a run ended, in one statement, and gives them back. */
export function noteSweepEnds(runId: string, ends: readonly SweepEnd[]): Promise<void> {
  const now = clock.now();
  const rows = ends.map(({ id, tookMs, found, error }) => ({
    ...{ id, took_ms: Math.round(tookMs), found: JSON.parse(foundText(found)) as unknown },
    error: error === undefined ? null : errorText(error),
  }));
  return quietly(db.$executeRaw`
    UPDATE sweep_runs AS run
       SET claimed_until = NULL,
           ended_at = CASE WHEN e.error IS NULL THEN ${now} ELSE run.ended_at END,
           found = CASE WHEN e.error IS NULL THEN e.found ELSE run.found END,
           took_ms = CASE WHEN e.error IS NULL THEN e.took_ms ELSE run.took_ms END,
           failures = CASE WHEN e.error IS NULL THEN 0 ELSE run.failures + 1 END,
           failing_since = CASE WHEN e.error IS NULL THEN NULL
             ELSE COALESCE(run.failing_since, ${now}) END,
           last_error = e.error
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS e(id text, took_ms int, found jsonb, error text)
     WHERE run.id = e.id AND run.run_id = ${runId}`);
}
