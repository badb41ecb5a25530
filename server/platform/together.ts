import DataLoader from 'dataloader';
import { atInstant } from './clock';
import type { Tx } from './db';

/**
 * A function of one item that does what is asked of it in the same turn of the event loop, however many
 * ask, by one call of `work`: one statement instead of one for each caller. Items carry all that depends
 * on who asks, such as the time and new ids, since `work` is nobody's in particular; it is given them in the
 * order in which they came, and returns as many results in the same order. Where it fails, each item is tried by
 * itself, so that one that is at fault fails alone.
 * @param most items of one call.
 * @param atOnce calls that are under way at most; what is asked meanwhile is for the next one. As many as come,
 * if left out.
 * @param waitMs how long the first of a call waits for others; to the end of its turn, if left out.
 * @param alone whether an item has a call to itself, at once and whatever its key, such as one that is large.
 * @param keyOf items of the same key are never in one call, but in calls one after another, in their order.
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
 * The same within one transaction, whose steps several take side by side: what they ask of one function in the
 * same turn is done by one call. A statement that fails undoes the transaction, so that all of them fail.
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

/** The places of the items in as few lists as there may be without two of one key in any. */
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
