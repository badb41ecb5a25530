import { clock } from '../clock';
import { db } from '../db';
import { log } from '../log';
import { processWide } from '../process-wide';

const ERROR_MAX = 500;
const FOUND_MAX = 2_000;

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
  return db.sweepRun.findMany({ omit: { runId: true } });
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

/** A run ended well, and gave `found`. */
export function noteSweepEnd(id: string, runId: string, found: unknown): Promise<void> {
  const now = clock.now();
  const text = JSON.stringify(found ?? null);
  return quietly(db.$executeRaw`
    UPDATE sweep_runs
       SET ended_at = ${now}, found = ${text.length <= FOUND_MAX ? text : 'null'}::jsonb,
           took_ms = LEAST(2147483647, extract(epoch FROM ${now}::timestamptz - started_at) * 1000)::int,
           failures = 0, failing_since = NULL, last_error = NULL
     WHERE id = ${id} AND run_id = ${runId}`);
}

/** A try failed; the engine tries again. */
export function noteSweepFailure(id: string, error: unknown): Promise<void> {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, ERROR_MAX);
  return quietly(db.$executeRaw`
    UPDATE sweep_runs
       SET failures = failures + 1, last_error = ${message},
           failing_since = COALESCE(failing_since, ${clock.now()})
     WHERE id = ${id}`);
}
