import { setTimeout as sleep } from 'node:timers/promises';

const ROWS = 1_000;
const PAUSE_MS = 20;
/** A step of the engine may take minutes; what is left then is the next run's. */
const WORK_MS_MAX = 120_000;

/**
 * Deletes what is old a thousand rows at a time until nothing of it is left, with pauses in which others
 * have their turn; it stops after two minutes.
 * @param deleteBatch deletes at most so many rows, in a transaction of its own, and gives their number.
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
