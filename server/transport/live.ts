import pg from 'pg';
import { pool } from '@/server/platform/db';
import { log } from '@/server/platform/log';
import { LIVE_CHANNEL, type LiveEvent } from '@/server/platform/outbox';
import { processWide } from '@/server/platform/process-wide';

const RECONNECT_MS_BASE = 250;
const RECONNECT_MS_MAX = 5_000;

/** Sent to every listener after the connection was lost: events may have been missed. */
export const RESYNC: LiveEvent = { type: 'resync' };

/** Selects a listener's events; omitted fields match anything. */
export interface LiveFilter {
  organizationId?: string;
  mode?: 'live' | 'test';
  taskId?: string;
  workerId?: string;
}

export type LiveListener = (event: LiveEvent) => void;

interface Subscription {
  filter: LiveFilter;
  listener: LiveListener;
}

function matches(filter: LiveFilter, event: LiveEvent): boolean {
  if (event === RESYNC) return true;
  return (
    (filter.taskId === undefined || filter.taskId === event.taskId) &&
    (filter.workerId === undefined || filter.workerId === event.workerId) &&
    (filter.organizationId === undefined || filter.organizationId === event.organizationId) &&
    (filter.mode === undefined || filter.mode === event.mode)
  );
}

/**
 * Streams other processes' changes over one LISTEN connection per process. Events only signal that
 * something should be re-read, and can be lost or duplicated; the database is the source of truth.
 */
export class LiveHub {
  /** Subscriptions to single tasks, by ID, because there can be thousands. */
  private readonly byTask = new Map<string, Set<Subscription>>();
  private readonly others = new Set<Subscription>();
  private connecting: Promise<void> | null = null;
  private client: pg.Client | null = null;
  private closed = false;

  constructor(private readonly config: () => pg.ClientConfig) {}

  /**
   * Calls `listener` for each matching event. Errors it throws are logged.
   * @returns the function that unsubscribes.
   */
  subscribe(filter: LiveFilter, listener: LiveListener): () => void {
    const subscription = { filter, listener };
    const group = this.groupOf(filter);
    group.add(subscription);
    void this.ready();
    return () => {
      group.delete(subscription);
      if (filter.taskId !== undefined && group.size === 0) this.byTask.delete(filter.taskId);
    };
  }

  private groupOf(filter: LiveFilter): Set<Subscription> {
    if (filter.taskId === undefined) return this.others;
    const known = this.byTask.get(filter.taskId);
    if (known) return known;
    const group = new Set<Subscription>();
    this.byTask.set(filter.taskId, group);
    return group;
  }

  /**
   * Waits for a matching event. To miss nothing: start waiting, await `ready()`, read the state,
   * and only then await the event.
   * @returns `event`, `timeout` after `timeoutMs`, or `aborted` if `signal` was aborted.
   */
  waitFor(
    filter: LiveFilter,
    options: { timeoutMs: number; signal?: AbortSignal; accept?: (event: LiveEvent) => boolean },
  ): Promise<'event' | 'timeout' | 'aborted'> {
    const { timeoutMs, signal, accept } = options;
    return new Promise((resolve) => {
      const end = (outcome: 'event' | 'timeout' | 'aborted') => {
        unsubscribe();
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        resolve(outcome);
      };
      const abort = () => end('aborted');
      const unsubscribe = this.subscribe(filter, (event) => {
        if (event === RESYNC || !accept || accept(event)) end('event');
      });
      const timer = setTimeout(() => end('timeout'), timeoutMs);
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort);
    });
  }

  /** Resolves once the connection is listening; everything committed afterwards is received. */
  ready(): Promise<void> {
    if (this.client) return Promise.resolve();
    this.connecting ??= this.connectUntilItWorks().finally(() => {
      this.connecting = null;
    });
    return this.connecting;
  }

  private async connectUntilItWorks(): Promise<void> {
    let delayMs = RECONNECT_MS_BASE;
    while (!this.closed) {
      try {
        await this.connect();
        return;
      } catch (error) {
        log.warn({ err: error }, 'Lost the connection for live events; reconnecting');
        await new Promise((resolve) => setTimeout(resolve, delayMs));
        delayMs = Math.min(delayMs * 2, RECONNECT_MS_MAX);
      }
    }
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({ ...this.config(), keepAlive: true });
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    client.on('notification', ({ payload }) => this.hear(payload ?? '[]'));
    try {
      await client.connect();
      await client.query(`LISTEN ${LIVE_CHANNEL}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    this.client = client;
    if (this.closed) await this.close();
  }

  private lost(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = null;
    client.end().catch(() => undefined);
    if (this.closed) return;
    this.ready().then(
      () => this.tellAll([RESYNC]),
      () => undefined,
    );
  }

  private hear(payload: string): void {
    try {
      this.tellAll(JSON.parse(payload) as LiveEvent[]);
    } catch (error) {
      log.warn({ err: error }, 'Failed to parse a live notification');
    }
  }

  private tellAll(events: LiveEvent[]): void {
    for (const event of events) {
      const groups =
        event === RESYNC
          ? [this.others, ...this.byTask.values()]
          : [this.others, this.byTask.get(event.taskId ?? '') ?? []];
      for (const subscription of groups.flatMap((group) => [...group])) {
        if (matches(subscription.filter, event)) this.tell(subscription, event);
      }
    }
  }

  private tell({ listener }: Subscription, event: LiveEvent): void {
    try {
      listener(event);
    } catch (error) {
      log.error({ err: error }, 'A live listener failed');
    }
  }

  /** Closes permanently. */
  async close(): Promise<void> {
    this.closed = true;
    const client = this.client;
    this.client = null;
    await client?.end().catch(() => undefined);
  }
}

/** The process's hub, on the database the process uses. */
export function liveHub(): LiveHub {
  return processWide('live-hub', () => new LiveHub(() => pool().options));
}
