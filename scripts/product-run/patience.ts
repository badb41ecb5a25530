import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Polls until `find` returns something. A failed call counts as nothing found: the app may be down
 * because the run kills it. `pauseMs` is the poll interval.
 * @throws Error saying what did not happen in time.
 */
export async function awaited<T>(
  what: string,
  seconds: number,
  find: () => Promise<T | null | undefined | false>,
  pauseMs = 250,
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  let trouble = '';
  while (performance.now() < deadline) {
    try {
      const found = await find();
      if (found) return found;
      trouble = '';
    } catch (error) {
      trouble = `; last: ${(error as Error).message}`;
    }
    await sleep(pauseMs);
  }
  throw new Error(`${what}: not within ${seconds} s${trouble}.`);
}

/** @throws Error with this message if the condition is false. */
export function expectThat(condition: boolean, words: string): void {
  if (!condition) throw new Error(words);
}
