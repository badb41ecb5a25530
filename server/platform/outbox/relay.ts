import { db, type Tx, transaction } from '../db';
import { log } from '../log';
import {
  EngineUnavailable,
  type OutboxRow,
  type OutgoingEvent,
  type Subscriber,
} from './outbox-row';
import {
  CLAIM_ROWS_MAX,
  claimRows,
  deleteRows,
  nextRowDueMs,
  postponeRow,
  RETRY_ROWS_MAX,
  releaseRows,
} from './outbox-table';
import { settleRows } from './sent-events';

/** Poll interval for rows that no kick announced. */
const POLL_MS = 2_000;
/** Minimum pause between runs under load, so that rows gathered meanwhile share a run's cost. */
const RUNS_APART_MS = 25;
/** Backoff while the engine is unavailable. */
const PAUSE_MS_MIN = 1_000;
const PAUSE_MS_MAX = 15_000;

export interface RelayOptions {
  /** By topic; subscribers under `*` see every row. */
  subscribers: Record<string, readonly Subscriber[]>;
  /**
   * Sends events to the engine over the network, and returns the events it was given.
   * @throws EngineUnavailable if the engine is unavailable, anything else if it rejects the events.
   */
  publish: (events: OutgoingEvent[]) => Promise<readonly OutgoingEvent[]>;
  /** Called before each reaction; returns a filter for the events that the engine does not need. */
  trimmer?: () => Promise<Trim>;
  /** Called when the engine turns out to be unavailable. */
  onUnavailable?: () => void;
}

type Trim = (events: OutgoingEvent[]) => OutgoingEvent[];

export interface Relay {
  /** Signals that new rows may be waiting. Cheap, and safe to call often. */
  kick(): void;
  /** Signals in how many milliseconds a row, new or postponed, is due; null if there is none. */
  expect(dueMs: number | null): void;
  /** Also polls every two seconds, for rows that no kick announced, if nobody calls `expect`. */
  start(): void;
  /** Stops polling and waits for runs in progress. */
  stop(): Promise<void>;
  /** Delivers everything that is due, and returns the number of rows processed. */
  drain(): Promise<number>;
}

/**
 * Delivers the facts of the outbox: subscribers react in one transaction, their events are published outside
 * of it, then the rows are deleted. A crash in between delivers them again. A row that fails is postponed on
 * its own, with its error, and does not block others; while the engine is unavailable all rows wait
 * unchanged.
 */
export function createRelay(options: RelayOptions): Relay {
  const everyTopic = options.subscribers['*'] ?? [];

  /** Each subscriber once, with all rows of its topics, in order. */
  function callsFor(rows: readonly OutboxRow[]): Map<Subscriber, OutboxRow[]> {
    const calls = new Map<Subscriber, OutboxRow[]>();
    for (const row of rows) {
      const own = row.topic === '*' ? [] : (options.subscribers[row.topic] ?? []);
      for (const subscriber of new Set([...everyTopic, ...own])) {
        const known = calls.get(subscriber);
        if (known) known.push(row);
        else calls.set(subscriber, [row]);
      }
    }
    return calls;
  }

  const trimmer = options.trimmer ?? (async (): Promise<Trim> => (events) => events);

  /** If there is nothing to publish, this completes the delivery, and the rows are deleted. */
  async function react(tx: Tx, rows: OutboxRow[], trim: Trim): Promise<OutgoingEvent[]> {
    const made: OutgoingEvent[] = [];
    for (const [subscriber, own] of callsFor(rows)) made.push(...(await subscriber(own, tx)));
    const events = trim(made);
    if (events.length === 0) await deleteRows(tx, rows);
    return events;
  }

  async function send(rows: OutboxRow[], events: OutgoingEvent[]): Promise<void> {
    if (events.length === 0) return;
    const begunMs = performance.now();
    const sent = await options.publish(events);
    await settleRows(rows, sent, performance.now() - begunMs);
  }

  async function tell(rows: OutboxRow[]): Promise<void> {
    const trim = await trimmer();
    await send(rows, await transaction((tx) => react(tx, rows, trim)));
  }

  /**
   * Delivers rows; on failure bisects them until the failing rows are isolated, and postpones those.
   * @param first replaces the first attempt at delivering all of them.
   * @throws EngineUnavailable after releasing the rows.
   */
  async function tellApart(rows: OutboxRow[], first = () => tell(rows)): Promise<void> {
    try {
      await first();
    } catch (error) {
      if (error instanceof EngineUnavailable) {
        await releaseRows(rows);
        throw error;
      }
      const [row] = rows;
      if (rows.length === 1 && row) {
        log.error({ err: error, outboxRow: row.id, topic: row.topic }, 'An outbox row failed');
        const delayMs = await postponeRow(row, error);
        if (isDriven) expect(delayMs);
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

  /** Claims rows and reacts to them in one transaction; if a row fails, the claim is rolled back too. */
  async function runBatch(kind: 'new' | 'failed'): Promise<number> {
    const trim = await trimmer();
    const begun = await transaction(async (tx) => {
      const rows = await claimRows(tx, kind);
      return { rows, events: rows.length === 0 ? [] : await react(tx, rows, trim) };
    }).catch(() => null);
    const rows = begun?.rows ?? (await claimRows(db, kind));
    if (rows.length === 0) return 0;
    await tellApart(rows, begun ? () => send(rows, begun.events) : undefined);
    return rows.length;
  }

  /** Processes all due rows of a kind. @returns the number of rows processed. */
  async function runKind(kind: 'new' | 'failed', full: number): Promise<number> {
    let seen = 0;
    for (let rows = full; rows === full; seen += rows) rows = await runBatch(kind);
    return seen;
  }

  /** Processes all due rows while the engine is available. @returns the number of rows processed. */
  async function runUntilEmpty(withFailed = true): Promise<number> {
    let seen = await runKind('new', CLAIM_ROWS_MAX);
    if (withFailed) seen += await runKind('failed', RETRY_ROWS_MAX);
    pauseMs = 0;
    return seen;
  }

  let pauseMs = 0;
  let pausedUntilMs = Number.NEGATIVE_INFINITY;

  function pause(error: EngineUnavailable): void {
    pauseMs = Math.min(PAUSE_MS_MAX, Math.max(PAUSE_MS_MIN, pauseMs * 2));
    pausedUntilMs = performance.now() + pauseMs;
    log.warn({ err: error, pauseMs }, 'The engine is unavailable; all events wait');
    options.onUnavailable?.();
  }

  let running: Promise<void> | null = null;
  let again = false;
  let scheduled = false;
  let lastRunMs = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;
  let dueTimer: NodeJS.Timeout | undefined;
  let stopped = false;
  /** Rows that failed before may be due; a kick only announces new ones. */
  let failedDue = false;
  /** A caller drives the relay with `expect`, so polling is unnecessary. */
  let isDriven = false;

  async function look(): Promise<void> {
    const withFailed = failedDue;
    failedDue = false;
    try {
      await runUntilEmpty(withFailed);
    } catch (error) {
      if (error instanceof EngineUnavailable) pause(error);
      // The database is unavailable; the next poll comes within two seconds.
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
    // Coalesces kicks of one tick of the event loop, or of the same moment under load.
    if (scheduled) return;
    scheduled = true;
    const waitMs = lastRunMs + RUNS_APART_MS - performance.now();
    if (waitMs > 0) setTimeout(run, waitMs);
    else setImmediate(run);
  }

  function expect(dueMs: number | null): void {
    isDriven = true;
    if (dueMs === null || dueMs > POLL_MS || stopped) return;
    clearTimeout(dueTimer);
    if (dueMs > 0) dueTimer = setTimeout(() => expect(0), dueMs).unref();
    else {
      failedDue = true;
      run();
    }
  }

  function poll(): void {
    nextRowDueMs().then(expect, (error: unknown) =>
      log.error({ err: error }, 'The outbox could not be read'),
    );
  }

  return {
    kick,
    expect,
    start() {
      stopped = false;
      isDriven = true;
      timer ??= setInterval(poll, POLL_MS);
      timer.unref();
    },
    async stop() {
      stopped = true;
      if (timer) clearInterval(timer);
      clearTimeout(dueTimer);
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
