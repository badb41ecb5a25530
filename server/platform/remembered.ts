import { monotonicMs } from './clock';
import { LruCache } from './lru-cache';
import { processWide } from './process-wide';

interface Options<Args extends unknown[], Value> {
  /**
   * The cache's name, under which all bundles of the process share it. If omitted, the cache
   * belongs to this function.
   */
  name?: string;
  /** Must not depend on the caller, because concurrent callers share one read per key. */
  read: (...args: Args) => Promise<Value>;
  /**
   * TTL of a result, counted from the start of its read. Results with a TTL of 0 ms are not cached,
   * and callers only get reads that started after their call.
   */
  freshMs: number | ((value: Value) => number);
  /** The cache key; defaults to the argument itself. */
  keyOf?: (...args: Args) => string;
  /** Maximum total weight of cached results, 1 each by default; defaults to a single result. */
  most?: number;
  weightOf?: (value: Value, ...args: Args) => number;
  /** The clock for TTLs; defaults to monotonic time. */
  nowMs?: () => number;
}

/** Arguments other than a single text require `keyOf`. */
type Keyed<Args extends unknown[]> = Args extends [] | [string]
  ? unknown
  : { keyOf: (...args: Args) => string };

export interface Remembered<Args extends unknown[], Value> {
  /** @throws errors of `read`, which are not cached. */
  (...args: Args): Promise<Value>;
  /** The cached value if still fresh, else undefined; spares per-request lookups a promise. */
  fresh(...args: Args): Value | undefined;
  /**
   * Call after a change was committed: later callers in this process get a read that started after
   * it, even if one is in progress.
   */
  forget(...args: Args): void;
}

interface Answer<Value> {
  value: Value;
  beganMs: number;
  freshMs: number;
}

interface Reading<Value> {
  answer: Promise<Answer<Value>>;
  beganMs: number;
}

class Memory<Value> {
  readonly kept: LruCache<Answer<Value>>;
  /** The latest read in progress by key; invalidated ones are removed. */
  readonly reading = new Map<string, Reading<Value>>();

  constructor(most: number) {
    this.kept = new LruCache(most);
  }
}

/** A read that takes longer, such as on a dead connection, is no longer shared with new callers. */
const SHARED_MS = 5_000;

const memories = () => processWide('remembered', () => new Map<string, Memory<unknown>>());

/**
 * A cached, deduplicated read: a busy key costs one read per TTL, regardless of concurrency. At
 * most `most` results are kept, least recently used evicted first. Reads in progress and failures
 * evict nothing.
 */
export function remembered<Args extends unknown[], Value>(
  options: Options<Args, Value> & Keyed<Args>,
): Remembered<Args, Value> {
  const { name, read, freshMs, most = 1 }: Options<Args, Value> = options;
  const {
    keyOf = ofArgument,
    weightOf = () => 1,
    nowMs = monotonicMs,
  }: Options<Args, Value> = options;
  const own = new Memory<Value>(most);

  function memory(): Memory<Value> {
    if (name === undefined) return own;
    const known = memories().get(name) as Memory<Value> | undefined;
    if (known !== undefined) return known;
    const created = new Memory<Value>(most);
    memories().set(name, created);
    return created;
  }

  function begin(key: string, args: Args): Reading<Value> {
    const { kept, reading } = memory();
    const beganMs = nowMs();
    const isCurrent = () => reading.get(key) === begun;
    // Called within a promise, so that synchronous errors are cleaned up as well.
    const answer = Promise.resolve()
      .then(() => read(...args))
      .then((value) => {
        const found: Answer<Value> = {
          value,
          beganMs,
          freshMs: typeof freshMs === 'number' ? freshMs : freshMs(value),
        };
        if (isCurrent()) {
          if (found.freshMs > 0) kept.set(key, found, weightOf(value, ...args));
          else kept.delete(key);
        }
        return found;
      })
      .finally(() => {
        if (isCurrent()) reading.delete(key);
      });
    const begun: Reading<Value> = { answer, beganMs };
    reading.set(key, begun);
    return begun;
  }

  // A clock controlled by tests can go backwards; ages are then unknown.
  const isWithin = (askedMs: number, beganMs: number, ms: number) =>
    askedMs >= beganMs && askedMs - beganMs < ms;

  function freshOf(key: string, askedMs: number): Answer<Value> | undefined {
    const known = memory().kept.get(key);
    return known && isWithin(askedMs, known.beganMs, known.freshMs) ? known : undefined;
  }

  async function ask(...args: Args): Promise<Value> {
    const { reading } = memory();
    const key = keyOf(...args);
    const askedMs = nowMs();
    const known = freshOf(key, askedMs);
    if (known) return known.value;
    const underWay = reading.get(key);
    if (underWay && isWithin(askedMs, underWay.beganMs, SHARED_MS)) {
      const { value, beganMs, freshMs: ms } = await underWay.answer;
      if (isWithin(askedMs, beganMs, ms)) return value;
    }
    const later = reading.get(key);
    const { answer } = later && later !== underWay ? later : begin(key, args);
    return (await answer).value;
  }

  return Object.assign(ask, {
    fresh: (...args: Args) => freshOf(keyOf(...args), nowMs())?.value,
    forget(...args: Args): void {
      const { kept, reading } = memory();
      const key = keyOf(...args);
      kept.delete(key);
      reading.delete(key);
    },
  });
}

const ofArgument = (...args: unknown[]) => String(args[0] ?? '');

/** Call when the process switches to another database: invalidates all caches. */
export function forgetAllRemembered(): void {
  memories().clear();
}
