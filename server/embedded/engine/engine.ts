import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, clock as systemClock } from '@/server/platform/clock';
import { log } from '@/server/platform/log';
import type { TakeWith } from './claimed-job';
import { Committer } from './committer';
import { type Database, openDatabase } from './database';
import { Executor } from './executor';
import { Intake } from './ingest';
import { limits } from './limits';
import { Membership } from './membership';
import { migrate } from './migrate';
import { RegistryCache } from './registry-cache';
import { deleteOld } from './retention';
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

/** How often old rows are deleted, and how often while there are many. */
const deletionMs = 120_000;
const busyDeletionMs = 15_000;

interface MovableClock extends Clock {
  set(nowMs: number): void;
}

/** The engine without its HTTP interface: storage, the work loop, and maintenance. */
export class EngineCore {
  readonly db: Database;
  readonly registry: RegistryCache;
  readonly committer: Committer;
  readonly intake: Intake;
  readonly nowMs: () => number;
  readonly #clock: Clock;
  readonly #executor: Executor;
  readonly #loop: WorkLoop;
  readonly #membership: Membership;
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Maintenance in progress. */
  readonly #rounds = new Set<Promise<void>>();
  #stopped = false;

  /** Prepares the schema and starts the work loop. */
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
    const take: TakeWith = (wanted, work, freed) => this.#loop.takeWith(wanted, work, freed);
    const wakeInbox = () => this.#loop.wakeInbox();
    this.committer = new Committer(this.db, this.nowMs, take, wakeInbox);
    this.intake = new Intake(this.db, this.registry, take, this.nowMs, wakeInbox);
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
    this.#repeat(options.leaseMs / 3, async () => {
      await this.#loop.renewLeases();
      return options.leaseMs / 3;
    });
  }

  /**
   * Converts an event's timestamp to the engine's time. The SDK stamps each event with the
   * machine's time; under a test clock that stamp means "now", so that no event appears to be
   * months ahead.
   */
  timeOf(ts: number): number {
    if (!isMovable(this.#clock) || Math.abs(ts - Date.now()) > 10_000) return ts;
    return this.nowMs();
  }

  /** Jobs may be ready: a signal, a retry by hand, a registration. */
  workArrived(): void {
    this.#loop.wake();
    this.#membership.announce();
  }

  /** True while this process runs the job with this token. */
  holdsLease(token: string): boolean {
    return this.#loop.holds(token);
  }

  #startUpkeep(): void {
    this.#repeat(limits.pollMs, () => this.#maintain());
    this.#repeat(deletionMs, async () => {
      const hadMuch = await deleteOld(this.db, this.nowMs(), () => !this.#stopped);
      return hadMuch ? busyDeletionMs : deletionMs;
    });
    this.#loop.wakeInbox();
    this.#loop.wake();
  }

  /**
   * Repeats the work, never concurrently; it returns the delay until the next run in milliseconds.
   */
  #repeat(firstMs: number, work: () => Promise<number>): void {
    const next = (ms: number) => {
      if (this.#stopped) return;
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        const round = work()
          .catch((error: unknown) => {
            if (!this.#stopped) log.warn({ err: error }, 'engine: maintenance failed; retrying');
            return firstMs;
          })
          .then(next)
          .finally(() => this.#rounds.delete(round));
        this.#rounds.add(round);
      }, ms);
      this.#timers.add(timer);
    };
    next(firstMs);
  }

  /** The poll: recovers lost leases, wake-ups and notifications. */
  async #maintain(): Promise<number> {
    const look = await this.#membership.look();
    await this.registry.refresh(look.registry);
    if (look.arrived) this.#loop.wakeInbox();
    if (look.ready) this.#loop.wake();
    this.#loop.expect(look.due);
    return look.arrived || look.ready || look.leased ? limits.pollMs : limits.idlePollMs;
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

  /** Advances a test clock by `ms`, stopping at each instant at which something is due. */
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
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#loop.stop(3_000);
    await this.#executor.close();
    await Promise.all(this.#rounds);
    await this.#membership.leave();
    await this.db.close();
  }
}

function isMovable(clock: Clock): clock is MovableClock {
  return 'set' in clock && typeof clock.set === 'function';
}
