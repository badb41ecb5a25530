import type { Database } from './database';
import { applyEffects } from './effects';
import { storableText } from './storable-text';

/**
 * Delivers a signal to the run that waits for it.
 * @returns the run's id, or undefined if none waits.
 */
export async function sendSignal(
  db: Database,
  signal: string,
  data: unknown,
  nowMs: number,
): Promise<string | undefined> {
  const { rows } = await db.query<{ run_id: string; step_id: string }>(
    `SELECT run_id, step_id FROM pause WHERE kind = 'signal' AND event_name = $1
     AND match_path = '' AND expires_at > $2 ORDER BY id DESC LIMIT 1`,
    [storableText(`signal:${signal}`), nowMs],
  );
  const waiting = rows[0];
  if (!waiting) return undefined;
  const result = `{"data":${JSON.stringify({ data: data ?? null, signal })}}`;
  await applyEffects(
    db,
    [
      {
        run: waiting.run_id,
        steps: [{ state: 'resumed', id: waiting.step_id, result }],
        next: 'auto',
      },
    ],
    nowMs,
  );
  return waiting.run_id;
}
