import { monotonicMs } from './clock';
import { LruCache } from './lru-cache';
import { processWide } from './process-wide';

interface Options<Args extends unknown[], Value> {
  /**
   * Under which all bundles of the process share what is remembered. Left out, it is this function's own, for
   * what several may exist of in one process.
   */
  name?: string;
  /** Must give the same to whoever asks, since one read serves all who ask for a key meanwhile. */
  read: (...args: Args) => Promise<Value>;
  /**
   * How old an answer may be, counted from the start of its read. What is fresh for 0 ms is not kept, and each who
   * asks is given what was read after they asked.
   */
  freshMs: number | ((value: Value) => number);
  /** What tells one question from another; the argument itself if left out. */
  keyOf?: (...args: Args) => string;
  /** How much all that is kept may weigh, an answer 1 by default; 1 in all if left out. */
  most?: number;
  weightOf?: (value: Value, ...args: Args) => number;
  /** By what answers age; monotonic time if left out. */
  nowMs?: () => number;
}

/** What is asked for by more than a text needs one to tell it from others. */
type Keyed<Args extends unknown[]> = Args extends [] | [string]
  ? unknown
  : { keyOf: (...args: Args) => string };

export interface Remembered<Args extends unknown[], Value> {
  /** @throws what `read` throws; a failure is not kept. */
  (...args: Args): Promise<Value>;
  /** What is kept and still fresh; undefined if it has to be read. Spares what every request asks for a promise. */
  fresh(...args: Args): Value | undefined;
  /**
   * To be called after a change was committed: who asks from then on, in this process, is given what was read after it,
   * even where a read is under way.
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
  /** The newest read under way of each key; one that was forgotten meanwhile is no longer here. */
  readonly reading = new Map<string, Reading<Value>>();

  constructor(most: number) {
    this.kept = new LruCache(most);
  }
}

/** A read that takes longer, such as one on a connection that died, is not waited for by those who ask then. */
const SHARED_MS = 5_000;

const memories = () => processWide('remembered', () => new Map<string, Memory<unknown>>());

/**
 * A read whose answers are kept for a while: a busy key costs one read in that time, however many ask at once. At most
 * `most` are kept; what was not asked for longest leaves first. Reads under way and failures push nothing out.
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
    // Called by a promise, so that what throws at once is cleared away as well.
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

  // A clock that tests move can go back; then nothing is known of an age.
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

/** To be called when the process turns to another database: nothing that was read before counts there. */
export function forgetAllRemembered(): void {
  memories().clear();
}
