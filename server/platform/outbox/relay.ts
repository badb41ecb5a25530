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

/** How often somebody looks for rows that no kick told of. */
const POLL_MS = 2_000;
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
  /** Called before each reaction; gives what takes out of its events those that the engine need not have. */
  trimmer?: () => Promise<Trim>;
  /** Called when the engine turned out to be away. */
  onUnavailable?: () => void;
}

type Trim = (events: OutgoingEvent[]) => OutgoingEvent[];

export interface Relay {
  /** Says that new rows may be waiting. Cheap, and safe to call often. */
  kick(): void;
  /** Says in how many milliseconds a row is due, new or put off; null where there is none. */
  expect(dueMs: number | null): void;
  /** Looks every two seconds besides, for what no kick told of, where nobody else calls `expect`. */
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

  /** Each subscriber once, with all rows of the topics that it reacts to, in their order. */
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

  /** Where there is nothing to publish, the rows are told with that, and deleted. */
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
   * Tells rows, and where that fails each half of them, until those at fault are alone; they are put
   * off.
   * @param first in place of telling all of them.
   * @throws EngineUnavailable, with the rows given back.
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

  /** Rows are taken and reacted to in one transaction, unless one of them is at fault: then it takes none. */
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

  /** All that is due of a kind. @returns the number of rows looked at. */
  async function runKind(kind: 'new' | 'failed', full: number): Promise<number> {
    let seen = 0;
    for (let rows = full; rows === full; seen += rows) rows = await runBatch(kind);
    return seen;
  }

  /** All that is due, as long as the engine is there. @returns the number of rows looked at. */
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
    log.warn({ err: error, pauseMs }, 'The engine does not take events; all of them wait');
    options.onUnavailable?.();
  }

  let running: Promise<void> | null = null;
  let again = false;
  let scheduled = false;
  let lastRunMs = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;
  let dueTimer: NodeJS.Timeout | undefined;
  let stopped = false;
  /** Rows that failed before may be due: a kick tells of new ones. */
  let failedDue = false;
  /** Somebody looks for rows by time. */
  let isDriven = false;

  async function look(): Promise<void> {
    const withFailed = failedDue;
    failedDue = false;
    try {
      await runUntilEmpty(withFailed);
    } catch (error) {
      if (error instanceof EngineUnavailable) pause(error);
      // The database is away; the next look comes within two seconds.
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
