import type { ClaimedJob } from './claimed-job';
import { type CronPayload, insertNextCron } from './cron';
import type { Database, Queryable } from './database';
import { parseInstant } from './duration';
import { applyEffects, cancelEffect, type Effect, errorJson } from './effects';
import { foldMeta } from './event-meta';
import { newUlid } from './ids';
import type { RegisteredFunction, Registry } from './registry';
import { lockStarts, startRuns } from './start-runs';
import { eventFromBody } from './stored-event';

/**
 * Jobs that touch only the database: each runs in one transaction that also removes the job, so
 * that it happens exactly once.
 */
export async function runTimedJob(
  db: Database,
  registry: Registry,
  job: ClaimedJob,
  nowMs: number,
): Promise<void> {
  await db.transaction(async (tx) => {
    const fn = registry.functions.get(job.fn_id ?? '');
    if (job.kind === 'start-timeout' || job.kind === 'finish-timeout') {
      return await runTimeout(tx, job, nowMs);
    }
    await lockStarts(tx);
    const held = await tx.query('SELECT 1 FROM job WHERE id = $1 AND token = $2 FOR UPDATE', [
      job.id,
      job.token,
    ]);
    if (held.rows.length === 0) return;
    if (job.kind === 'invoke') return await invoke(tx, registry, job, nowMs);
    if (job.kind === 'debounce') return await endDebounce(tx, fn, job, nowMs);
    await remove(tx, job);
    if (job.kind === 'cron') await fireCron(tx, fn, job, nowMs);
    if (job.kind === 'batch') await endBatch(tx, fn, job, nowMs);
  });
}

async function remove(tx: Queryable, job: ClaimedJob): Promise<void> {
  await tx.query('DELETE FROM job WHERE id = $1', [job.id]);
}

function rfc3339(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

async function fireCron(
  tx: Queryable,
  fn: RegisteredFunction | undefined,
  job: ClaimedJob,
  nowMs: number,
): Promise<void> {
  const { cron, slotMs } = JSON.parse(job.payload ?? '{}') as CronPayload;
  if (!fn?.active || !fn.crons.includes(cron)) return;
  const body = JSON.stringify({
    data: { cron, fireAt: rfc3339(slotMs), scheduledAt: rfc3339(slotMs) },
    id: newUlid(nowMs),
    name: 'inngest/scheduled.timer',
    ts: slotMs,
    user: {},
  });
  await startRuns(tx, [{ fn, events: [eventFromBody(body)] }], nowMs);
  await insertNextCron(tx, fn.id, cron, nowMs);
}

async function endBatch(
  tx: Queryable,
  fn: RegisteredFunction | undefined,
  job: ClaimedJob,
  nowMs: number,
): Promise<void> {
  const { rows } = await tx.query<{ events: string[] }>(
    'DELETE FROM batch WHERE key = $1 AND id = $2 RETURNING events',
    [job.payload, job.id.slice('batch:'.length)],
  );
  const events = rows[0]?.events;
  if (!events || !fn?.active) return;
  await startRuns(tx, [{ fn, events: events.map(eventFromBody) }], nowMs);
}

async function endDebounce(
  tx: Queryable,
  fn: RegisteredFunction | undefined,
  job: ClaimedJob,
  nowMs: number,
): Promise<void> {
  const { rows } = await tx.query<{ event: string; due: number }>(
    'SELECT event, due FROM debounce WHERE key = $1',
    [job.payload],
  );
  const waiting = rows[0];
  if (waiting && waiting.due > nowMs) {
    await tx.query(
      `UPDATE job SET state = 'future', run_at = $2, token = NULL, owner = NULL,
         lease_until = NULL WHERE id = $1`,
      [job.id, waiting.due],
    );
    return;
  }
  await remove(tx, job);
  await tx.query('DELETE FROM debounce WHERE key = $1', [job.payload]);
  if (!waiting || !fn?.active) return;
  await startRuns(tx, [{ fn, events: [eventFromBody(waiting.event)] }], nowMs);
}

interface InvokeOptions {
  function_id?: string;
  payload?: { data?: unknown; user?: unknown; v?: string; meta?: unknown };
  timeout?: string;
}

async function invoke(
  tx: Queryable,
  registry: Registry,
  job: ClaimedJob,
  nowMs: number,
): Promise<void> {
  const options = JSON.parse(job.payload ?? '{}') as InvokeOptions;
  const target = registry.functions.get(options.function_id ?? '');
  const parent = { run: job.run_id ?? '', step: job.step_id ?? '' };
  const refuse = (message: string) =>
    applyEffects(tx, [{ ...resume(job, `{"error":${errorJson('Error', message)}}`) }], nowMs);
  if (!target?.active) {
    await refuse(`could not find function with ID: ${options.function_id ?? ''}`);
    return;
  }
  const caller = registry.functions.get(job.fn_id ?? '');
  const deadline = options.timeout ? parseInstant(options.timeout, nowMs) : undefined;
  const body = JSON.stringify({
    data: {
      ...(options.payload?.data ?? {}),
      _inngest: {
        correlation_id: `${parent.run}.${parent.step}`,
        expire: deadline ?? 0,
        fn_id: target.id,
        source_app_id: caller?.appId ?? '',
        source_fn_id: caller?.id ?? '',
        source_fn_v: 1,
      },
    },
    id: newUlid(nowMs),
    name: 'inngest/function.invoked',
    ts: nowMs,
    user: options.payload?.user ?? {},
    ...(options.payload?.v ? { v: options.payload.v } : {}),
    ...foldMeta(options.payload?.meta),
  });
  const request = { fn: target, events: [eventFromBody(body)], parent };
  const [run] = await startRuns(tx, [request], nowMs);
  if (!run) {
    await refuse(`the function ${target.id} was skipped, since its singleton is running`);
    return;
  }
  await remove(tx, job);
  if (deadline !== undefined) await insertInvokeTimeout(tx, job, deadline);
}

async function insertInvokeTimeout(
  tx: Queryable,
  job: ClaimedJob,
  deadline: number,
): Promise<void> {
  const error = errorJson(
    'InngestInvokeTimeoutError',
    'Timed out waiting for invoked function to complete',
  );
  await tx.query(
    `INSERT INTO job (id, kind, run_id, fn_id, step_id, state, run_at, score, payload)
     VALUES ($1, 'timeout', $2, $3, $4, 'future', $5, $6, $7) ON CONFLICT DO NOTHING`,
    [job.id, job.run_id, job.fn_id, job.step_id, deadline, deadline - 1e9, `{"error":${error}}`],
  );
}

/** Ends a step's wait; the first result wins. */
export function resume(job: ClaimedJob, result: string): Effect {
  return {
    run: job.run_id ?? '',
    job: job.id,
    token: job.token,
    steps: [{ state: 'resumed', id: job.step_id ?? '', result }],
    next: 'auto',
  };
}

/**
 * `timeouts.start` cancels a run that did not start; `timeouts.finish` one that did not end,
 * counted from its first call.
 */
async function runTimeout(tx: Queryable, job: ClaimedJob, nowMs: number): Promise<void> {
  const { rows } = await tx.query<{ started: number | null }>(
    `SELECT coalesce(started_at, (SELECT min(claimed_at) FROM job WHERE run_id = $1
       AND kind = 'call' AND (state = 'leased' OR attempt > 0))) AS started
     FROM run WHERE id = $1 AND ended_at IS NULL FOR UPDATE`,
    [job.run_id],
  );
  const run = rows[0];
  const started = run?.started ?? undefined;
  if (run && job.kind === 'finish-timeout') {
    const due = (started ?? nowMs) + Number(job.payload);
    if (due > nowMs) {
      await tx.query(
        `UPDATE job SET state = 'future', run_at = $3, token = NULL, owner = NULL,
           lease_until = NULL WHERE id = $1 AND token = $2`,
        [job.id, job.token, due],
      );
      return;
    }
  }
  if (run && (job.kind === 'finish-timeout' || started === undefined)) {
    const what = job.kind === 'finish-timeout' ? 'did not finish' : 'did not start';
    await applyEffects(tx, [cancelEffect(job.run_id ?? '', `the run ${what} in time`)], nowMs);
  }
  await tx.query('DELETE FROM job WHERE id = $1 AND token = $2', [job.id, job.token]);
}
