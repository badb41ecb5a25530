import { parseQueueItemId } from './claimed-job';
import type { Committer } from './committer';
import type { Database } from './database';
import type { StepEffect } from './effects';
import { limits } from './limits';
import { doneStep, type Operation, UnusableOperation } from './operations';

/**
 * The response to a checkpoint: 200 saved, 409 the call no longer holds its lease, 400 unusable.
 */
export interface CheckpointAnswer {
  status: 200 | 400 | 409 | 413;
  error?: string;
}

const stale: CheckpointAnswer = {
  status: 409,
  error: 'Another dispatch of this run has taken over.',
};

const doneOps = new Set(['StepRun', 'Step', 'StepFailed']);

/**
 * Memoizes steps that a running call reports, if that call still holds its job.
 * @param holdsLease whether this process made the call that has this token.
 */
export async function saveCheckpoint(
  db: Database,
  committer: Committer,
  holdsLease: (token: string) => boolean,
  runId: string,
  body: unknown,
): Promise<CheckpointAnswer> {
  const { qi_id: queueItem, steps } = (body ?? {}) as { qi_id?: unknown; steps?: unknown };
  const held = parseQueueItemId(queueItem);
  if (!held) return { status: 400, error: 'The checkpoint has no usable qi_id.' };
  if (!Array.isArray(steps)) return { status: 400, error: 'The checkpoint has no steps.' };
  const ops = steps as Operation[];
  const unknown = ops.find((op) => !doneOps.has(op.op));
  if (unknown) return { status: 400, error: `"${unknown.op}" cannot be checkpointed.` };
  let effects: StepEffect[];
  try {
    effects = ops.map((op) => doneStep(op, limits.checkpointedStepBytes));
  } catch (error) {
    if (error instanceof UnusableOperation) return { status: 413, error: error.message };
    throw error;
  }
  if (!holdsLease(held.token) && !(await isOwnerAlive(db, held.job, held.token))) return stale;
  const [outcome] = await committer.submit([
    {
      run: runId,
      job: held.job,
      token: held.token,
      startedAt: held.claimedAt,
      keep: true,
      steps: effects,
    },
  ]);
  if (outcome === 'ok') return { status: 200 };
  if (outcome === 'full')
    return { status: 413, error: 'The run holds too many or too large steps.' };
  return stale;
}

/**
 * Whether the process that made a call is still listening on the database. If it was killed, nobody
 * will receive the call's response, so it is stopped here instead of running twice to the end.
 */
async function isOwnerAlive(db: Database, job: string, token: string): Promise<boolean> {
  const { rows } = await db.query(
    `SELECT 1 FROM job j JOIN worker w ON w.id = j.owner
     JOIN pg_stat_activity a ON a.pid = w.pid AND a.backend_start = w.session_start
     WHERE j.id = $1 AND j.token = $2`,
    [job, token],
  );
  return rows.length > 0;
}
