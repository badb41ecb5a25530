import { log } from './log';

/** What one look at what is due came to. */
export interface Round {
  done: number;
  /** As many as one look takes, so that more may be due. */
  isFull: boolean;
}

/** Most that one look takes; the next one goes on where it ended. */
export const ROUND_MAX = 500;

/**
 * Does to each of the items what is due, side by side, so that it is done by few statements. One that fails is logged and
 * does not keep the others from it.
 * @param whatFailed says in the log what could not be done.
 * @param act returns whether it did anything.
 * @param most items of one look.
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
  // Where nothing could be done, another look would find the same.
  return { done, isFull: items.length >= most && done > 0 };
}
