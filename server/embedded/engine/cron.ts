import { parseCron } from './cron-pattern';
import type { Queryable } from './database';
import { shortHash } from './ids';

/** The payload of a `cron` job: which trigger fires, for which slot. */
export interface CronPayload {
  cron: string;
  slotMs: number;
}

/** The first slot after `afterMs`, in milliseconds; undefined if there is none. */
export function nextSlotMs(cron: string, afterMs: number): number | undefined {
  return parseCron(cron).nextRun(new Date(afterMs))?.getTime();
}

/**
 * Queues a trigger's next slot after now. There is one job per trigger, so registering again does
 * not add one, and slots missed while the engine was down collapse into the queued one.
 */
export async function insertNextCron(
  tx: Queryable,
  fnId: string,
  cron: string,
  nowMs: number,
): Promise<void> {
  const slotMs = nextSlotMs(cron, nowMs);
  if (slotMs === undefined) return;
  const payload: CronPayload = { cron, slotMs };
  await tx.query(
    `INSERT INTO job (id, kind, fn_id, state, run_at, score, payload)
     VALUES ($1, 'cron', $2, 'future', $3, $4, $5) ON CONFLICT DO NOTHING`,
    [`cron:${fnId}:${shortHash(cron)}`, fnId, slotMs, slotMs - 1e9, JSON.stringify(payload)],
  );
}
