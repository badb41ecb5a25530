import { log } from './log';

/** The result of one batch of due work. */
export interface Round {
  done: number;
  /** Whether the batch was full, so that more may be due. */
  isFull: boolean;
}

/** Maximum batch size; the next batch continues. */
export const ROUND_MAX = 500;

/**
 * Processes due items concurrently, so that their statements are batched. Failures are logged and
 * do not affect other items.
 * @param whatFailed the log message for failures.
 * @param act returns whether it did anything.
 * @param most maximum number of items.
 */
export async function inRound<T extends object>(
  whatFailed: string,
  items: readonly T[],
  act: (item: T) => Promise<boolean>,
  most = ROUND_MAX,
): Promise<Round> {
  const ends = await Promise.allSettled(items.map(act));
  let done = 0;
  for (const [n, end] of ends.entries()) {
    if (end.status === 'rejected') log.error({ err: end.reason, ...items[n] }, whatFailed);
    else if (end.value) done += 1;
  }
  // If nothing could be done, another batch would find the same items.
  return { done, isFull: items.length >= most && done > 0 };
}
