import type { Client } from 'pg';
import { log } from '@/server/platform/log';
import type { Database } from './database';
import { limits } from './limits';

/** A process's view of the queue when it polls. */
export interface Look {
  /** No other process is registered. */
  alone: boolean;
  /** The registry's version. */
  registry: number;
  /** Events are waiting in the inbox. */
  arrived: boolean;
  /** Some process is working on a job. */
  leased: boolean;
  ready: boolean;
  /** When the next job is due, in milliseconds. */
  due: number | null;
}

/**
 * One database session per engine process: it receives the other processes' notifications, and its
 * end tells them that this process is gone, so that they need not wait for its leases to expire.
 */
export class Membership {
  #client: Client | undefined;
  #stopped = false;
  #lastAnnounced = 0;
  #announcing: NodeJS.Timeout | undefined;
  #alone = true;

  constructor(
    private readonly db: Database,
    readonly id: string,
    private readonly nowMs: () => number,
    private readonly heard: () => void,
  ) {}

  get #channel(): string {
    return `engine_${this.db.schema}`;
  }

  async join(): Promise<void> {
    const client = await this.db.connect();
    client.on('notification', (message) => {
      if (message.payload !== this.id) this.heard();
    });
    client.on('error', (error) => {
      if (!this.#stopped) log.warn({ err: error }, 'engine: the listening connection was lost');
      if (this.#client === client) this.#client = undefined;
      client.end().catch(() => undefined);
    });
    this.#client = client;
    await client.query(`LISTEN "${this.#channel}"`);
    await this.#enrol(client);
  }

  async #enrol(client: Client): Promise<void> {
    await client.query(
      `INSERT INTO worker (id, pid, session_start, seen_at)
       SELECT $1, pid, backend_start, $2 FROM pg_stat_activity WHERE pid = pg_backend_pid()
       ON CONFLICT (id) DO UPDATE SET pid = excluded.pid, session_start = excluded.session_start,
         seen_at = excluded.seen_at`,
      [this.id, this.nowMs()],
    );
  }

  /** Maintains the queue: see `upkeep`. Listens again if the connection was lost. */
  async look(): Promise<Look> {
    if (!this.#client && !this.#stopped) await this.join();
    const { rows } = await this.db.query<Look>('SELECT * FROM upkeep($1, $2, $3, $4)', [
      this.nowMs(),
      this.id,
      limits.graceMs,
      limits.freeLosses,
    ]);
    const [row] = rows;
    if (!row) throw new Error('upkeep answers one row.');
    this.#alone = row.alone;
    return row;
  }

  /**
   * Notifies the other processes that there is work, at most ten times a second: NOTIFY takes a
   * lock that all commits share. Their poll is the fallback.
   */
  announce(): void {
    if (this.#alone || this.#announcing || this.#stopped) return;
    const wait = Math.max(0, this.#lastAnnounced + 100 - performance.now());
    this.#announcing = setTimeout(() => {
      this.#announcing = undefined;
      this.#lastAnnounced = performance.now();
      this.db.query('SELECT pg_notify($1, $2)', [this.#channel, this.id]).catch(() => undefined);
    }, wait);
  }

  async leave(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#announcing);
    await this.db.query('DELETE FROM worker WHERE id = $1', [this.id]).catch(() => undefined);
    await this.#client?.end().catch(() => undefined);
    this.#client = undefined;
  }
}
