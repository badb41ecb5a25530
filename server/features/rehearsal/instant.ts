import { atInstant } from '@/server/platform/clock';
import { realSequence } from '@/server/platform/ids';

/** Numbers of ids that one job has to itself; one that takes more borrows from the next. */
const IDS_PER_JOB = 1_024;

/**
 * An instant of a test clock. Whatever is done in it, however many at once, gets its ids in the order
 * in which it was handed out, so that the same work leaves the same order behind.
 */
export class Instant {
  private static lastSequence = 0;
  private readonly memory = new Map<string, Promise<unknown>>();

  constructor(
    readonly organizationId: string,
    readonly nowMs: number,
  ) {}

  /** Does each piece of work at this instant; `lanes` says how many go at once. */
  async each<T, R>(items: readonly T[], lanes: Lanes<T>, work: (item: T) => Promise<R>) {
    const first = Math.max(Instant.lastSequence, realSequence());
    Instant.lastSequence = first + items.length * IDS_PER_JOB;
    const results = new Array<R>(items.length);
    const queues = queuesOf(items, lanes.laneOf);
    const worker = async () => {
      for (let queue = queues.shift(); queue; queue = queues.shift()) {
        for (const n of queue) {
          const sequence = first + n * IDS_PER_JOB;
          results[n] = await this.run(() => work(items[n] as T), sequence);
        }
      }
    };
    await Promise.all(Array.from({ length: lanes.atOnce }, worker));
    return results;
  }

  /** Does one thing at this instant. */
  run<R>(work: () => Promise<R>, sequence = this.nextSequence()): Promise<R> {
    const { organizationId, nowMs, memory } = this;
    return atInstant({ organizationId, nowMs, memory, sequence }, work);
  }

  private nextSequence(): number {
    const next = Math.max(Instant.lastSequence, realSequence());
    Instant.lastSequence = next + IDS_PER_JOB;
    return next;
  }
}

export interface Lanes<T> {
  /** Items of one lane are done one after another. */
  laneOf: (item: T) => string;
  atOnce: number;
}

/** The numbers of the items, lane by lane, the lanes in the order of their first items. */
function queuesOf<T>(items: readonly T[], laneOf: (item: T) => string): number[][] {
  const queues = new Map<string, number[]>();
  for (const [n, item] of items.entries()) {
    const lane = laneOf(item);
    queues.set(lane, [...(queues.get(lane) ?? []), n]);
  }
  return [...queues.values()];
}
