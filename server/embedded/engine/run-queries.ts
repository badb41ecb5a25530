import type { Database } from './database';
import type { Registry } from './registry';
import { lockStarts, startRuns } from './start-runs';
import { eventFromBody } from './stored-event';

/** A run as the page and `GET /api/runs` show it; times are milliseconds or null. */
export interface RunSummary {
  id: string;
  function_id: string;
  status: string;
  event_name: string;
  created_at: number;
  run_at: number;
  started_at: number | null;
  ended_at: number | null;
  error: string | null;
  /** The run that retried it. */
  again_as: string | null;
}

export interface RunDetail extends RunSummary {
  events: unknown[];
  output: unknown;
  steps: {
    id: string;
    name: string;
    op: string;
    done: boolean;
    started_at: number;
    ended_at: number | null;
    result: unknown;
  }[];
  jobs: {
    kind: string;
    state: string;
    attempt: number;
    max_attempts: number;
    run_at: number;
    last_error: string | null;
  }[];
}

export interface Backlog {
  events: number;
  ready: number;
  executing: number;
  waiting_for_capacity: number;
  scheduled: number;
  running: number;
  /** Excludes retried runs. */
  failed_last_day: number;
}

/** A function's waiting and running work; times are milliseconds or null. */
export interface FunctionBacklog {
  function_id: string;
  /** Due but not started: no executor was free. */
  ready: number;
  executing: number;
  waiting_for_capacity: number;
  /** Not due yet: sleeping, retrying or timed. */
  scheduled: number;
  /** When the oldest call that has not started became due. */
  oldest_due: number | null;
  failed_last_day: number;
}

export const runStatuses = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const;

/**
 * A run counts as running from its first call on, although its row is updated only after that call.
 */
const summaryColumns = `id, fn_id AS function_id, CASE WHEN status = 'queued' AND EXISTS
  (SELECT 1 FROM job WHERE job.run_id = run.id AND state = 'leased') THEN 'running' ELSE status END AS status, event_name, created_at, run_at, started_at, ended_at, error, again_as`;

/** The newest runs, at most `limit`, optionally of one status. */
export async function listRuns(
  db: Database,
  status: string | undefined,
  limit: number,
): Promise<RunSummary[]> {
  const { rows } = await db.query<RunSummary>(
    `SELECT ${summaryColumns} FROM run WHERE $1::text IS NULL OR status = $1
     ORDER BY created_at DESC, id DESC LIMIT $2`,
    [status ?? null, limit],
  );
  return rows.map((row) => ({ ...row, error: errorMessage(row.error) }));
}

/** One run with its steps and queued jobs; undefined if there is none. */
export async function readRun(db: Database, id: string): Promise<RunDetail | undefined> {
  const { rows } = await db.query<RunSummary & { events: string[]; output: string | null }>(
    `SELECT ${summaryColumns}, events, output FROM run WHERE id = $1`,
    [id],
  );
  const run = rows[0];
  if (!run) return undefined;
  const steps = await db.query<RunDetail['steps'][number] & { result: string | null }>(
    `SELECT id, name, op, done, created_at AS started_at, ended_at, result FROM step
     WHERE run_id = $1 ORDER BY seq NULLS LAST, created_at`,
    [id],
  );
  const jobs = await db.query<RunDetail['jobs'][number]>(
    `SELECT kind, state, attempt, max_attempts, run_at, last_error FROM job
     WHERE run_id = $1 ORDER BY run_at`,
    [id],
  );
  return {
    ...run,
    error: errorMessage(run.error),
    events: run.events.map(parse),
    output: parse(run.output),
    steps: steps.rows.map((step) => ({ ...step, result: parse(step.result) })),
    jobs: jobs.rows.map((job) => ({ ...job, last_error: errorMessage(job.last_error) })),
  };
}

/** Waiting work, by kind. */
export async function readBacklog(db: Database, nowMs: number): Promise<Backlog> {
  const { rows } = await db.query<Backlog>(
    `SELECT (SELECT count(*) FROM inbox) AS events,
       count(*) FILTER (WHERE state = 'ready') AS ready,
       count(*) FILTER (WHERE state = 'leased') AS executing,
       count(*) FILTER (WHERE state = 'parked') AS waiting_for_capacity,
       count(*) FILTER (WHERE state = 'future') AS scheduled,
       (SELECT count(*) FROM run WHERE status = 'running') AS running,
       (SELECT count(*) FROM run WHERE status = 'failed' AND created_at > $1
          AND again_as IS NULL) AS failed_last_day
     FROM job`,
    [nowMs - 86_400_000],
  );
  const [backlog] = rows;
  if (!backlog) throw new Error('The backlog could not be counted.');
  return backlog;
}

/** Waiting work by function, the longest overdue first. */
export async function readFunctionBacklog(db: Database, nowMs: number): Promise<FunctionBacklog[]> {
  const { rows } = await db.query<FunctionBacklog>(
    `WITH waiting AS (
       SELECT coalesce(job.fn_id, run.fn_id) AS fn, job.state, job.run_at
         FROM job LEFT JOIN run ON run.id = job.run_id
     ), queued AS (
       SELECT fn, count(*) FILTER (WHERE state = 'ready' OR (state = 'future' AND run_at <= $2)) AS ready,
         count(*) FILTER (WHERE state = 'leased') AS executing,
         count(*) FILTER (WHERE state = 'parked') AS waiting_for_capacity,
         count(*) FILTER (WHERE state = 'future' AND run_at > $2) AS scheduled,
         min(run_at) FILTER (WHERE state IN ('ready', 'parked') OR (state = 'future' AND run_at <= $2)) AS oldest_due
         FROM waiting WHERE fn IS NOT NULL GROUP BY fn
     ), failed AS (
       SELECT fn_id AS fn, count(*) AS failed_last_day FROM run
        WHERE status = 'failed' AND created_at > $1 AND again_as IS NULL GROUP BY fn_id
     )
     SELECT fn AS function_id, coalesce(ready, 0) AS ready, coalesce(executing, 0) AS executing,
       coalesce(waiting_for_capacity, 0) AS waiting_for_capacity, coalesce(scheduled, 0) AS scheduled,
       oldest_due, coalesce(failed_last_day, 0) AS failed_last_day
       FROM queued FULL JOIN failed USING (fn)
      ORDER BY oldest_due NULLS LAST, failed_last_day DESC, fn`,
    [nowMs - 86_400_000, nowMs],
  );
  return rows;
}

/**
 * The memoized steps of a run by id, as requested by the SDK; undefined if there is no such run.
 */
export async function readRunState(
  db: Database,
  id: string,
): Promise<{ steps: string; events: string } | undefined> {
  const { rows } = await db.query<{ steps: string; events: string }>(
    `SELECT '[' || array_to_string(r.events, ',') || ']' AS events,
       '{' || coalesce((SELECT string_agg('"' || s.id || '":' || s.result, ',' ORDER BY s.seq)
         FROM step s WHERE s.run_id = r.id AND s.done), '') || '}' AS steps
     FROM run r WHERE r.id = $1`,
    [id],
  );
  return rows[0];
}

/**
 * Retries a failed or cancelled run as a new run of the same function with the same events.
 * @returns the new run's id, or undefined if there is nothing to retry or its singleton is running.
 */
export async function retryRun(
  db: Database,
  registry: Registry,
  id: string,
  nowMs: number,
): Promise<string | undefined> {
  return await db.transaction(async (tx) => {
    await lockStarts(tx);
    const { rows } = await tx.query<{ fn_id: string; events: string[] }>(
      "SELECT fn_id, events FROM run WHERE id = $1 AND status IN ('failed', 'cancelled') FOR UPDATE",
      [id],
    );
    const run = rows[0];
    const fn = registry.functions.get(run?.fn_id ?? '');
    if (!run || !fn) return undefined;
    const [started] = await startRuns(tx, [{ fn, events: run.events.map(eventFromBody) }], nowMs);
    if (!started) return undefined;
    await tx.query('UPDATE run SET again_as = $2 WHERE id = $1', [id, started.id]);
    return started.id;
  });
}

function parse(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function errorMessage(text: string | null): string | null {
  const value = parse(text) as { name?: string; message?: string } | null;
  if (value === null) return null;
  return value.message ? `${value.name ?? 'Error'}: ${value.message}` : String(text);
}
