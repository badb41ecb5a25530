import { transaction } from '../db';
import { log } from '../log';
import {
  EngineUnavailable,
  type LiveEvent,
  type OutboxRow,
  type OutgoingEvent,
  type Subscriber,
} from './outbox-row';
import {
  broadcast,
  CLAIM_ROWS_MAX,
  claimRows,
  postponeRow,
  RETRY_ROWS_MAX,
  releaseRows,
} from './outbox-table';
import { settleRows } from './sent-events';

const POLL_MS = 1_000;
/** Under load a look waits so long after the one before: what gathers meanwhile shares its cost. */
const RUNS_APART_MS = 25;
/** How long an engine that is away is left alone. */
const PAUSE_MS_MIN = 1_000;
const PAUSE_MS_MAX = 15_000;

export interface RelayOptions {
  /** By topic; those under `*` see every row. */
  subscribers: Record<string, readonly Subscriber[]>;
  /**
   * Hands events to the engine, over the network, and returns those that it was given.
   * @throws EngineUnavailable where the engine is away, anything else where it refuses the events.
   */
  publish: (events: OutgoingEvent[]) => Promise<readonly OutgoingEvent[]>;
  /** Called when the engine turned out to be away. */
  onUnavailable?: () => void;
}

export interface Relay {
  /** Says that rows may be waiting. Cheap, and safe to call often. */
  kick(): void;
  /** Looks every second besides, for what no kick told of. */
  start(): void;
  /** Ends the looking and waits for what is under way. */
  stop(): Promise<void>;
  /** Tells everything that is due, and gives the number of rows it looked at. */
  drain(): Promise<number>;
}

/**
 * Tells the facts of the outbox: subscribers react in one transaction, their events are published
 * outside of it, then the rows are deleted. A crash in between tells them again. A row that fails
 * is put off on its own, with its error, and holds nobody up; while the engine is away all of them
 * wait as they are.
 */
export function createRelay(options: RelayOptions): Relay {
  const everyTopic = options.subscribers['*'] ?? [];

  async function react(rows: OutboxRow[]): Promise<OutgoingEvent[]> {
    const byTopic = new Map<string, OutboxRow[]>();
    for (const row of rows) byTopic.set(row.topic, [...(byTopic.get(row.topic) ?? []), row]);
    const calls: [Subscriber, OutboxRow[]][] = everyTopic.map((subscriber) => [subscriber, rows]);
    for (const [topic, own] of byTopic) {
      if (topic === '*') continue;
      for (const subscriber of options.subscribers[topic] ?? []) calls.push([subscriber, own]);
    }
    if (calls.length === 0) return [];
    return transaction(async (tx) => {
      const events: OutgoingEvent[] = [];
      for (const [subscriber, own] of calls) events.push(...(await subscriber(own, tx)));
      return events;
    });
  }

  async function tell(rows: OutboxRow[]): Promise<void> {
    const events = await react(rows);
    const begunMs = performance.now();
    const sent = events.length > 0 ? await options.publish(events) : [];
    await settleRows(rows, sent, performance.now() - begunMs);
  }

  /**
   * Tells rows, and where that fails each half of them, until those at fault are alone; they are put
   * off.
   * @throws EngineUnavailable, with the rows given back.
   */
  async function tellApart(rows: OutboxRow[]): Promise<void> {
    try {
      await tell(rows);
    } catch (error) {
      if (error instanceof EngineUnavailable) {
        await releaseRows(rows);
        throw error;
      }
      const [row] = rows;
      if (rows.length === 1 && row) {
        log.error({ err: error, outboxRow: row.id, topic: row.topic }, 'An outbox row failed');
        await postponeRow(row, error);
        return;
      }
      const half = Math.ceil(rows.length / 2);
      try {
        await tellApart(rows.slice(0, half));
      } catch (unavailable) {
        await releaseRows(rows.slice(half));
        throw unavailable;
      }
      await tellApart(rows.slice(half));
    }
  }

  /** What is already committed is broadcast at once, and once: those who listen read again. */
  async function tellListeners(rows: OutboxRow[]): Promise<void> {
    const events = rows
      .filter((row) => row.attempts === 0)
      .flatMap((row): LiveEvent[] => (row.live ? [row.live] : []));
    try {
      await broadcast(events);
    } catch (error) {
      log.warn({ err: error }, 'Live events were not broadcast');
    }
  }

  async function runBatch(kind: 'new' | 'failed'): Promise<number> {
    const rows = await claimRows(kind);
    if (rows.length === 0) return 0;
    const listeners = tellListeners(rows);
    try {
      await tellApart(rows);
    } finally {
      await listeners;
    }
    return rows.length;
  }

  /** All that is due, as long as the engine is there. @returns the number of rows looked at. */
  async function runUntilEmpty(): Promise<number> {
    let seen = 0;
    for (const [kind, full] of [
      ['new', CLAIM_ROWS_MAX],
      ['failed', RETRY_ROWS_MAX],
    ] as const) {
      for (let rows: number = full; rows === full; seen += rows) rows = await runBatch(kind);
    }
    pauseMs = 0;
    return seen;
  }

  let pauseMs = 0;
  let pausedUntilMs = Number.NEGATIVE_INFINITY;

  function pause(error: EngineUnavailable): void {
    pauseMs = Math.min(PAUSE_MS_MAX, Math.max(PAUSE_MS_MIN, pauseMs * 2));
    pausedUntilMs = performance.now() + pauseMs;
    log.warn({ err: error, pauseMs }, 'The engine does not take events; all of them wait');
    options.onUnavailable?.();
  }

  let running: Promise<void> | null = null;
  let again = false;
  let scheduled = false;
  let lastRunMs = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  async function look(): Promise<void> {
    try {
      await runUntilEmpty();
    } catch (error) {
      if (error instanceof EngineUnavailable) pause(error);
      // The database is away; the next look comes within a second.
      else log.error({ err: error }, 'The outbox could not be read');
    }
  }

  function run(): void {
    scheduled = false;
    if (stopped || performance.now() < pausedUntilMs) return;
    if (running !== null) {
      again = true;
      return;
    }
    lastRunMs = performance.now();
    running = look().finally(() => {
      running = null;
      if (!again) return;
      again = false;
      kick();
    });
  }

  function kick(): void {
    // Kicks of one turn of the event loop, or of the same moment under load, become one look.
    if (scheduled) return;
    scheduled = true;
    const waitMs = lastRunMs + RUNS_APART_MS - performance.now();
    if (waitMs > 0) setTimeout(run, waitMs);
    else setImmediate(run);
  }

  return {
    kick,
    start() {
      stopped = false;
      timer ??= setInterval(run, POLL_MS);
      timer.unref();
    },
    async stop() {
      stopped = true;
      if (timer) clearInterval(timer);
      timer = null;
      await running;
    },
    async drain() {
      await running;
      try {
        let seen = 0;
        for (let rows = await runUntilEmpty(); rows > 0; rows = await runUntilEmpty()) seen += rows;
        return seen;
      } catch (error) {
        if (!(error instanceof EngineUnavailable)) throw error;
        return 0;
      }
    },
  };
}
