import { atInstant } from '@/server/platform/clock';
import { realSequence } from '@/server/platform/ids';

/** IDs reserved per job; a job that needs more continues into the next range. */
const IDS_PER_JOB = 1_024;

/**
 * An instant of a test clock. Concurrent work gets IDs in the order in which it was handed out, so
 * that the same work always produces the same order.
 */
export class Instant {
  private static lastSequence = 0;
  private readonly memory = new Map<string, Promise<unknown>>();

  constructor(
    readonly organizationId: string,
    readonly nowMs: number,
  ) {}

  /** Runs work for each item at this instant; `lanes` sets the concurrency. */
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

  /** Runs one piece of work at this instant. */
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
  /** Items of one lane run sequentially. */
  laneOf: (item: T) => string;
  atOnce: number;
}

/** The items' positions grouped by lane, lanes ordered by first item. */
function queuesOf<T>(items: readonly T[], laneOf: (item: T) => string): number[][] {
  const queues = new Map<string, number[]>();
  for (const [n, item] of items.entries()) {
    const lane = laneOf(item);
    queues.set(lane, [...(queues.get(lane) ?? []), n]);
  }
  return [...queues.values()];
}
