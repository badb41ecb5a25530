import DataLoader from 'dataloader';
import { atInstant } from './clock';
import type { Tx } from './db';

/**
 * Batches calls made in the same tick of the event loop into one call of `work`, such as one
 * statement for all callers. Items contain everything specific to the caller, such as the time and
 * new IDs. `work` gets the items in order and returns their results in the same order. If it fails,
 * each item is retried individually, so that only faulty ones fail.
 * @param most maximum batch size.
 * @param atOnce maximum number of concurrent batches; further items wait for the next one.
 * Unlimited by default.
 * @param waitMs how long a batch waits for more items; defaults to the end of the tick.
 * @param alone whether an item gets its own batch immediately, such as a large one.
 * @param keyOf items with the same key are processed in separate batches, in order.
 */
export function together<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  { most = 100, atOnce = Number.POSITIVE_INFINITY, waitMs, alone, keyOf }: Gathering<Item> = {},
): (item: Item) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let running = 0;
  const begin = () => {
    while (running < atOnce && waiting.length > 0) {
      running += 1;
      waiting.shift()?.();
    }
  };
  const loader = new DataLoader<Item, Result>(
    (items) =>
      atInstant(undefined, () => inRounds(items)).finally(() => {
        running -= 1;
        begin();
      }),
    {
      cache: false,
      maxBatchSize: most,
      batchScheduleFn: (start) => {
        const schedule = () => {
          waiting.push(start);
          begin();
        };
        if (waitMs === undefined) setImmediate(schedule);
        else setTimeout(schedule, waitMs);
      },
    },
  );
  async function inRounds(items: readonly Item[]): Promise<(Result | Error)[]> {
    if (!keyOf) return all(items);
    const ends = new Array<Result | Error>(items.length);
    for (const round of roundsOf(items, keyOf)) {
      const own = round.map((n) => items[n] as Item);
      const made = await all(own).catch((error: Error) => own.map(() => error));
      for (const [place, n] of round.entries()) ends[n] = made[place] as Result | Error;
    }
    return ends;
  }
  async function all(items: readonly Item[]): Promise<(Result | Error)[]> {
    try {
      return [...(await work(items))];
    } catch (error) {
      if (items.length === 1) throw error;
      const ends = await Promise.allSettled(items.map(one));
      return ends.map((end) => (end.status === 'fulfilled' ? end.value : end.reason));
    }
  }
  async function one(item: Item): Promise<Result> {
    const [result] = await work([item]);
    return result as Result;
  }
  return (item) => (alone?.(item) ? atInstant(undefined, () => one(item)) : loader.load(item));
}

interface Gathering<Item> {
  most?: number;
  atOnce?: number;
  waitMs?: number;
  alone?: (item: Item) => boolean;
  keyOf?: (item: Item) => string;
}

/**
 * The same within one transaction with concurrent steps: their calls in the same tick are batched.
 * If a statement fails, the transaction is rolled back, and all of them fail.
 */
export function togetherIn<Item, Result>(
  work: (tx: Tx, items: readonly Item[]) => Promise<readonly Result[]>,
): (tx: Tx, item: Item) => Promise<Result> {
  const loaders = new WeakMap<Tx, DataLoader<Item, Result>>();
  const loaderOf = (tx: Tx) => {
    const known = loaders.get(tx);
    if (known) return known;
    const loader = new DataLoader<Item, Result>(
      (items) => atInstant(undefined, () => work(tx, items)),
      { cache: false, batchScheduleFn: (start) => setImmediate(start) },
    );
    loaders.set(tx, loader);
    return loader;
  };
  return (tx, item) => loaderOf(tx).load(item);
}

/** Splits items into as few lists as possible, without two of one key in any. */
function roundsOf<Item>(items: readonly Item[], keyOf: (item: Item) => string): number[][] {
  const rounds: number[][] = [];
  const seen = new Map<string, number>();
  for (const [n, item] of items.entries()) {
    const round = seen.get(keyOf(item)) ?? 0;
    seen.set(keyOf(item), round + 1);
    const places = rounds[round];
    if (places) places.push(n);
    else rounds[round] = [n];
  }
  return rounds;
}
