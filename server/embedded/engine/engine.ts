import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, clock as systemClock } from '@/server/platform/clock';
import { log } from '@/server/platform/log';
import { Committer } from './committer';
import { type Database, openDatabase } from './database';
import { Executor } from './executor';
import { limits } from './limits';
import { Membership } from './membership';
import { migrate } from './migrate';
import { RegistryCache } from './registry-cache';
import { deleteExpired } from './retention';
import { WorkLoop } from './work-loop';

export interface CoreOptions {
  databaseUrl: string;
  schema: string;
  workers: number;
  signingKey: string | undefined;
  retryIntervalMs: number | undefined;
  callMs: number;
  leaseMs: number;
  clock: Clock | undefined;
}

interface MovableClock extends Clock {
  set(nowMs: number): void;
}

/** The engine without its HTTP face: storage, the work loop, and the upkeep around them. */
export class EngineCore {
  readonly db: Database;
  readonly registry: RegistryCache;
  readonly committer: Committer;
  readonly nowMs: () => number;
  readonly #clock: Clock;
  readonly #executor: Executor;
  readonly #loop: WorkLoop;
  readonly #membership: Membership;
  readonly #timers: NodeJS.Timeout[] = [];
  #upkeep: Promise<void> | undefined;
  #stopped = false;

  /** Prepares the schema and starts to work. */
  static async start(options: CoreOptions): Promise<EngineCore> {
    await migrate(options.databaseUrl, options.schema);
    const core = new EngineCore(options);
    await core.#membership.join();
    core.#startUpkeep();
    return core;
  }

  private constructor(options: CoreOptions) {
    this.#clock = options.clock ?? systemClock;
    this.nowMs = () => this.#clock.nowMs();
    this.db = openDatabase(options.databaseUrl, options.schema, 8);
    this.registry = new RegistryCache(this.db);
    this.committer = new Committer(this.db, this.nowMs, () => this.#loop.wakeInbox());
    const id = randomUUID();
    this.#membership = new Membership(this.db, id, this.nowMs, () => {
      this.#loop.wake();
      this.#loop.wakeInbox();
    });
    this.#executor = new Executor(
      this.db,
      this.committer,
      this.registry,
      this.nowMs,
      { fixedMs: options.retryIntervalMs },
      { callMs: options.callMs, signingKey: options.signingKey },
    );
    this.#loop = new WorkLoop(this.db, this.#executor, this.registry, {
      owner: id,
      workers: options.workers,
      leaseMs: options.leaseMs,
      callMs: options.callMs,
      nowMs: this.nowMs,
      announce: () => this.#membership.announce(),
    });
    this.#every(options.leaseMs / 3, () => this.#loop.renewLeases());
  }

  /**
   * The engine's time for a time in an event. The SDK stamps each event with the machine's time;
   * under a test clock that stamp means "now", and no event may seem to lie months ahead.
   */
  timeOf(ts: number): number {
    if (!isMovable(this.#clock) || Math.abs(ts - Date.now()) > 10_000) return ts;
    return this.nowMs();
  }

  /** Events were accepted here. */
  eventsArrived(): void {
    this.#loop.wakeInbox();
  }

  /** Jobs may be ready: a signal, a retry by hand, a registration. */
  workArrived(): void {
    this.#loop.wake();
    this.#membership.announce();
  }

  /** True while this process carries out the job with this token. */
  holdsLease(token: string): boolean {
    return this.#loop.holds(token);
  }

  #startUpkeep(): void {
    this.#every(limits.pollMs, () => this.#maintain());
    this.#every(5 * 60_000, () => deleteExpired(this.db, this.nowMs()));
    this.#loop.wakeInbox();
    this.#loop.wake();
  }

  #every(intervalMs: number, work: () => Promise<void>): void {
    let busy = false;
    this.#timers.push(
      setInterval(() => {
        if (busy || this.#stopped) return;
        busy = true;
        work()
          .catch((error: unknown) => {
            if (!this.#stopped) log.warn({ err: error }, 'engine: upkeep failed; it is repeated');
          })
          .finally(() => {
            busy = false;
          });
      }, intervalMs),
    );
  }

  /** The poll: finds lost leases, lost wake-ups and lost notifications. */
  async #maintain(): Promise<void> {
    this.#upkeep = (async () => {
      const dead = await this.#membership.beat();
      await this.db.query('SELECT expire_leases($1, $2, $3)', [
        this.nowMs(),
        dead,
        limits.freeLosses,
      ]);
      if (dead.length > 0) await this.#membership.bury(dead);
      await this.db.query('SELECT sweep_parked()');
      await this.registry.refresh();
    })();
    await this.#upkeep;
    this.#loop.wakeInbox();
    this.#loop.wake();
  }

  /** Runs until nothing is due at the current time. */
  async drain(timeoutMs: number): Promise<void> {
    const end = performance.now() + timeoutMs;
    for (;;) {
      if (this.#loop.isIdle) {
        if (!(await this.#hasDueWork()) && this.#loop.isIdle) return;
        this.#loop.wakeInbox();
        this.#loop.wake();
      }
      if (performance.now() > end) {
        throw new Error(`The engine still has work after ${timeoutMs} ms; see GET /api/runs.`);
      }
      await sleep(2);
    }
  }

  async #hasDueWork(): Promise<boolean> {
    const { rows } = await this.db.query<{ due: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM inbox) OR EXISTS (SELECT 1 FROM job
         WHERE state IN ('ready', 'leased') OR (state = 'future' AND run_at <= $1)) AS due`,
      [this.nowMs()],
    );
    return rows[0]?.due ?? false;
  }

  /** Moves a test clock on by `ms`, stopping at each instant at which something falls due. */
  async advance(ms: number): Promise<void> {
    const clock = this.#clock;
    if (!isMovable(clock)) throw new Error('Only an engine with a test clock can be advanced.');
    const target = clock.nowMs() + ms;
    for (;;) {
      await this.drain(60_000);
      const { rows } = await this.db.query<{ due: number | null }>(
        "SELECT min(run_at) AS due FROM job WHERE state = 'future'",
      );
      const due = rows[0]?.due ?? Number.POSITIVE_INFINITY;
      if (due > target) break;
      clock.set(Math.max(due, clock.nowMs()));
    }
    clock.set(target);
    await this.drain(60_000);
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    for (const timer of this.#timers) clearInterval(timer);
    await this.#loop.stop(3_000);
    await this.#executor.close();
    await this.#upkeep?.catch(() => undefined);
    await this.#membership.leave();
    await this.db.close();
  }
}

function isMovable(clock: Clock): clock is MovableClock {
  return 'set' in clock && typeof clock.set === 'function';
}
