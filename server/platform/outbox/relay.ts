import { transaction } from '../db';
import { log } from '../log';
import type { LiveEvent, OutboxRow, OutgoingEvent, Subscriber } from './outbox-row';
import { broadcast, CLAIM_ROWS_MAX, claimRows, deleteRows, postponeRows } from './outbox-table';

const POLL_MS = 1_000;
/** Under load a look waits so long after the one before: what gathers meanwhile shares its cost. */
const RUNS_APART_MS = 25;
/** After so many failures in a row the fault is not in the rows, and the rest waits untried. */
const FAILURES_IN_A_ROW_MAX = 3;

export interface RelayOptions {
  /** By topic; those under `*` see every row. */
  subscribers: Record<string, readonly Subscriber[]>;
  /** Hands events to the engine, over the network. */
  publish: (events: OutgoingEvent[]) => Promise<void>;
}

export interface Relay {
  /** Says that rows may be waiting. Cheap, and safe to call often. */
  kick(): void;
  /** Looks every second besides, for what no kick told of. */
  start(): void;
  /** Ends the looking and waits for what is under way. */
  stop(): Promise<void>;
  /** Tells everything that is due, and gives the number of rows told. */
  drain(): Promise<number>;
}

/**
 * Tells the facts of the outbox: subscribers react in one transaction, their events are published
 * outside of it, then the rows are deleted. A crash in between tells them again. A row that fails
 * is put off on its own, with its error, and holds nobody up.
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
    if (events.length > 0) await options.publish(events);
    await deleteRows(rows);
  }

  /** Tells rows one by one, so that the one at fault shows. */
  async function tellOneByOne(rows: OutboxRow[]): Promise<void> {
    let failuresInARow = 0;
    for (const [index, row] of rows.entries()) {
      try {
        await tell([row]);
        failuresInARow = 0;
      } catch (error) {
        failuresInARow += 1;
        log.error({ err: error, outboxRow: row.id, topic: row.topic }, 'An outbox row failed');
        await postponeRows([row], error);
        const rest = rows.slice(index + 1);
        if (failuresInARow >= FAILURES_IN_A_ROW_MAX && rest.length > 0) {
          await postponeRows(rest, error);
          return;
        }
      }
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

  async function runBatch(): Promise<number> {
    const rows = await claimRows();
    if (rows.length === 0) return 0;
    const listeners = tellListeners(rows);
    try {
      await tell(rows);
    } catch (error) {
      if (rows.length === 1) {
        log.error(
          { err: error, outboxRow: rows[0]?.id, topic: rows[0]?.topic },
          'An outbox row failed',
        );
        await postponeRows(rows, error);
      } else {
        await tellOneByOne(rows);
      }
    }
    await listeners;
    return rows.length;
  }

  let running: Promise<void> | null = null;
  let again = false;
  let scheduled = false;
  let lastRunMs = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  async function runUntilEmpty(): Promise<void> {
    try {
      while ((await runBatch()) === CLAIM_ROWS_MAX);
    } catch (error) {
      // The database is away; the next look comes within a second.
      log.error({ err: error }, 'The outbox could not be read');
    }
  }

  function run(): void {
    scheduled = false;
    if (stopped) return;
    if (running !== null) {
      again = true;
      return;
    }
    lastRunMs = performance.now();
    running = runUntilEmpty().finally(() => {
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
      let told = 0;
      for (let rows = await runBatch(); rows > 0; rows = await runBatch()) told += rows;
      return told;
    },
  };
}
