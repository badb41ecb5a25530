import DataLoader from 'dataloader';
import { atInstant } from './clock';

/**
 * A function of one item that does what is asked of it in the same turn of the event loop, however many
 * ask, by one call of `work`: one statement instead of one for each caller. Items carry all that depends
 * on who asks, such as the time and new ids, since `work` is nobody's in particular; it is given them in the
 * order in which they came, and returns as many results in the same order. Where it fails, each item is tried by
 * itself, so that one that is at fault fails alone.
 * @param most items of one call.
 */
export function together<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  { most = 100 }: { most?: number } = {},
): (item: Item) => Promise<Result> {
  const loader = new DataLoader<Item, Result>((items) => atInstant(undefined, () => all(items)), {
    cache: false,
    maxBatchSize: most,
    batchScheduleFn: (start) => setImmediate(start),
  });
  async function all(items: readonly Item[]): Promise<(Result | Error)[]> {
    try {
      return [...(await work(items))];
    } catch (error) {
      if (items.length === 1) throw error;
      const alone = await Promise.allSettled(items.map((item) => work([item])));
      return alone.map((end) =>
        end.status === 'fulfilled' ? (end.value[0] as Result) : end.reason,
      );
    }
  }
  return (item) => loader.load(item);
}
