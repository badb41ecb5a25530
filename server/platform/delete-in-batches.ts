import { setTimeout as sleep } from 'node:timers/promises';

const ROWS = 1_000;
const PAUSE_MS = 20;
/** An engine step may take minutes; the rest is left to the next run. */
const WORK_MS_MAX = 120_000;

/**
 * Deletes old rows in batches of a thousand, with pauses in between, for at most two minutes.
 * @param deleteBatch deletes at most that many rows in its own transaction, and returns the number
 * deleted.
 * @returns the number of rows deleted.
 */
export async function deleteInBatches(
  deleteBatch: (rows: number) => Promise<number>,
): Promise<number> {
  const begunMs = performance.now();
  let deleted = 0;
  for (;;) {
    const count = await deleteBatch(ROWS);
    deleted += count;
    if (count < ROWS || performance.now() - begunMs > WORK_MS_MAX) return deleted;
    await sleep(PAUSE_MS);
  }
}
