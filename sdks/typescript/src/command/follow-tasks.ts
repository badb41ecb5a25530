import { setMaxListeners } from 'node:events';
import type { HumanRail } from '../client.js';
import { AuthenticationError, AuthorizationError, NotFoundError } from '../errors.js';
import { retryDelayMs, sleep } from '../retry.js';
import type { ListTasksParams, Task, TaskEvent, TaskStatus } from '../types/task.js';

export interface FollowOptions {
  /** Also the tasks created since then, from their first event. */
  since: string | undefined;
  signal: AbortSignal;
  /** Called for each event, for those of one task one after another. */
  onEvent: (event: TaskEvent) => Promise<void>;
  /** Called once no later event can be missed. */
  onReady: () => void;
  /** Called when the connection is lost, and when it is back. */
  onConnection: (state: 'lost' | 'back', reason?: string) => void;
}

/** The progress through a task's timeline. */
interface Followed {
  id: string;
  /** The sequence of the last event reported; 0 if none was. */
  last: number;
}

const LOOK_EVERY_MS = 1_000;
/** A task may be seen this much after the time it carries, since it is written in a transaction. */
const OVERLAP_MS = 30_000;
/** Concurrent streams; other tasks wait for their turn, without losing events. */
const STREAMS_MAX = 50;
const TURN_MS = 30_000;
/** Posted twice, since a task may go back there between two lists. */
const OPEN_STATUSES: readonly TaskStatus[] = ['posted', 'assigned', 'submitted', 'posted'];
/** What is verified is followed until its payouts have settled, for as long as tasks last. */
const SETTLES_WITHIN_MS = 86_400_000;
const UNSETTLED: ReadonlySet<string> = new Set(['pending', 'sending']);
/** Pause before retrying a failed read of a timeline. */
const PAUSE_MS = 1_000;

/**
 * Reports every event of tasks that are open now or created from now on, until the signal. New
 * tasks are found by overlapping lists, and their events by their timelines from the last one
 * reported, so that a broken connection costs time, not events.
 * @throws AuthenticationError, AuthorizationError if the key may not read; the signal's reason.
 */
export async function followTasks(client: HumanRail, options: FollowOptions): Promise<void> {
  // Open streams end with everything else, also after an error.
  const all = new AbortController();
  // Each stream adds a listener; many are expected, and not a leak.
  setMaxListeners(0, options.signal, all.signal);
  const end = () => all.abort(options.signal.reason);
  options.signal.addEventListener('abort', end, { once: true });
  if (options.signal.aborted) end();
  try {
    await new Follower(client, { ...options, signal: all.signal }).run();
  } finally {
    options.signal.removeEventListener('abort', end);
    all.abort();
  }
}

class Follower {
  /** Tasks seen, by their time of creation; older ones than lists show are forgotten. */
  private readonly seen = new Map<string, number>();
  private readonly waiting: Followed[] = [];
  private streams = 0;
  private watermarkMs = 0;
  private isLost = false;
  private refusal: unknown;

  constructor(
    private readonly client: HumanRail,
    private readonly options: FollowOptions,
  ) {}

  async run(): Promise<void> {
    const { signal, onReady } = this.options;
    await this.begin();
    onReady();
    for (let failures = 0; ; ) {
      await sleep(failures > 0 ? retryDelayMs(failures - 1, undefined) : LOOK_EVERY_MS, signal);
      if (this.refusal) throw this.refusal;
      try {
        await this.look();
        failures = 0;
        this.connected();
      } catch (error) {
        signal.throwIfAborted();
        this.lost(error);
        failures = Math.min(failures + 1, 8);
      }
    }
  }

  /** Existing tasks are followed from now on, or from `since`. */
  private async begin(): Promise<void> {
    const { since, signal } = this.options;
    const newest = (await this.client.tasks.list({ limit: 1 }, { signal })).data[0];
    // The server's clock, not this machine's.
    this.watermarkMs = newest ? Date.parse(newest.createdAt) : 0;
    const sinceMs = since === undefined ? Number.POSITIVE_INFINITY : Date.parse(since);
    const isOld = (task: Task) => Date.parse(task.createdAt) <= sinceMs;
    // Seen before those that are open are read, so that none which comes meanwhile is passed over.
    for await (const task of this.list(this.recent())) {
      if (isOld(task)) this.seen.set(task.id, Date.parse(task.createdAt));
    }
    const open = new Map<string, Task>();
    for (const status of OPEN_STATUSES) {
      for await (const task of this.list({ status })) open.set(task.id, task);
    }
    const createdAfter = new Date(Math.max(0, this.watermarkMs - SETTLES_WITHIN_MS));
    for await (const task of this.list({ status: 'verified', createdAfter })) {
      if (task.payouts.some((payout) => UNSETTLED.has(payout.status))) open.set(task.id, task);
    }
    for (const task of open.values()) {
      const events = isOld(task) ? await this.client.tasks.events(task.id, { signal }) : [];
      this.follow(task, events.at(-1)?.sequence ?? 0);
    }
    if (since === undefined) return;
    for await (const task of this.list({ createdAfter: since })) {
      if (!this.seen.has(task.id)) this.follow(task, 0);
    }
  }

  /** Finds new tasks. */
  private async look(): Promise<void> {
    for await (const task of this.list(this.recent())) {
      if (!this.seen.has(task.id)) this.follow(task, 0);
    }
    const forgetMs = this.watermarkMs - 2 * OVERLAP_MS;
    for (const [id, createdMs] of this.seen) if (createdMs < forgetMs) this.seen.delete(id);
  }

  private list(params: ListTasksParams): AsyncIterable<Task> {
    return this.client.tasks.list({ ...params, limit: 100 }, { signal: this.options.signal });
  }

  private recent(): ListTasksParams {
    return { createdAfter: new Date(Math.max(0, this.watermarkMs - OVERLAP_MS)) };
  }

  private follow({ id, createdAt }: Task, last: number): void {
    const createdMs = Date.parse(createdAt);
    this.seen.set(id, createdMs);
    this.watermarkMs = Math.max(this.watermarkMs, createdMs);
    this.waiting.push({ id, last });
    this.startNext();
  }

  private startNext(): void {
    if (this.streams >= STREAMS_MAX) return;
    const next = this.waiting.shift();
    if (!next) return;
    this.streams += 1;
    void this.takeTurn(next).finally(() => {
      this.streams -= 1;
      this.startNext();
    });
  }

  /** Reads a task's timeline for a while; what has not ended by then waits for its next turn. */
  private async takeTurn(task: Followed): Promise<void> {
    const { signal, onEvent } = this.options;
    const turn = new AbortController();
    const end = () => turn.abort();
    const timer = setTimeout(end, TURN_MS);
    signal.addEventListener('abort', end, { once: true });
    try {
      const lastEventId = task.last > 0 ? String(task.last) : undefined;
      const events = this.client.tasks.streamEvents(task.id, { signal: turn.signal, lastEventId });
      for await (const event of events) {
        this.connected();
        await onEvent(event);
        task.last = event.sequence;
      }
    } catch (error) {
      if (signal.aborted || error instanceof NotFoundError) return;
      if (!turn.signal.aborted) {
        this.lost(error);
        await sleep(PAUSE_MS, turn.signal).catch(() => undefined);
      }
      this.waiting.push(task);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    }
  }

  private connected(): void {
    if (!this.isLost) return;
    this.isLost = false;
    this.options.onConnection('back');
  }

  /** A key without read access ends everything; other errors are retried. */
  private lost(error: unknown): void {
    if (error instanceof AuthenticationError || error instanceof AuthorizationError) {
      this.refusal = error;
      return;
    }
    if (this.isLost) return;
    this.isLost = true;
    this.options.onConnection('lost', error instanceof Error ? error.message : String(error));
  }
}
