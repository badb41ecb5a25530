import { clock } from '../clock';
import { db } from '../db';
import { log } from '../log';
import { processWide } from '../process-wide';

const ERROR_MAX = 500;
const FOUND_MAX = 2_000;
/** Lease TTL of a sweep: no engine call takes longer. */
const CLAIMED_MS = 5 * 60_000;

/** The background function of all minute sweeps. */
export const MINUTE_SWEEPS = 'sweeps/minute';

/** A sweep's declaration. */
export interface DeclaredSweep {
  id: string;
  cron: string;
}

const declared = () => processWide('sweeps', () => new Map<string, DeclaredSweep>());

/** Registers a sweep for monitoring. */
export function declareSweep(sweep: DeclaredSweep): void {
  declared().set(sweep.id, sweep);
}

/** Every sweep of this build, by name. */
export function declaredSweeps(): DeclaredSweep[] {
  return [...declared().values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** A sweep's latest run and latest success. */
export interface SweepRun {
  id: string;
  startedAt: Date;
  endedAt: Date | null;
  tookMs: number | null;
  /** Its result, such as the number of rows found or changed. */
  found: unknown;
  /** Failed attempts since the last success. */
  failures: number;
  failingSince: Date | null;
  lastError: string | null;
}

/** Run data of each sweep; excludes those that have never run. */
export function listSweepRuns(): Promise<SweepRun[]> {
  return db.sweepRun.findMany({ omit: { runId: true, claimedUntil: true } });
}

/** Failing to write this log must not stop the sweep itself. */
async function quietly(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    log.warn({ err: error }, 'Failed to record a sweep’s run');
  }
}

/** Records a run's start; the engine calls once per step, so only a run's first call counts. */
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

/** Records a success with its result. */
export function noteSweepEnd(id: string, runId: string, found: unknown): Promise<void> {
  const now = clock.now();
  return quietly(db.$executeRaw`
    UPDATE sweep_runs
       SET ended_at = ${now}, found = ${foundText(found)}::jsonb,
           took_ms = LEAST(2147483647, extract(epoch FROM ${now}::timestamptz - started_at) * 1000)::int,
           failures = 0, failing_since = NULL, last_error = NULL
     WHERE id = ${id} AND run_id = ${runId}`);
}

/** Records a failed attempt; the engine retries. */
export function noteSweepFailure(id: string, error: unknown): Promise<void> {
  return quietly(db.$executeRaw`
    UPDATE sweep_runs
       SET failures = failures + 1, last_error = ${errorText(error)},
           failing_since = COALESCE(failing_since, ${clock.now()})
     WHERE id = ${id}`);
}

/**
 * Leases sweeps for one run in one statement, so that each only runs in one place. Leases of the
 * same run are renewed: its previous process is gone.
 * @param startedBefore skips those started at or after that time; null leases all.
 * @returns the IDs leased.
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

/** A leased sweep's result or error. */
export interface SweepEnd {
  id: string;
  tookMs: number;
  found?: unknown;
  error?: unknown;
}

/** Records the results of a run's sweeps in one statement, and releases them. */
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
