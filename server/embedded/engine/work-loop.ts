import { log } from '@/server/platform/log';
import type { ClaimedJob } from './claimed-job';
import { isDisconnection } from './committer';
import type { Database } from './database';
import type { Executor } from './executor';
import { fanOut } from './fan-out';
import { limits } from './limits';
import type { RegistryCache } from './registry-cache';

interface WorkLoopOptions {
  owner: string;
  workers: number;
  leaseMs: number;
  callMs: number;
  nowMs: () => number;
  /** Tells other processes that there is work. */
  announce: () => void;
}

interface Held {
  job: ClaimedJob;
  /** Real time (performance.now) after which the lease is no longer renewed. */
  until: number;
}

/**
 * Takes events and jobs while there are any, as many at once as there are workers. It is woken by
 * what happens here, by other processes and by the clock; a poll finds whatever was missed.
 */
export class WorkLoop {
  readonly #held = new Map<string, Held>();
  readonly #running = new Set<Promise<void>>();
  #claiming = false;
  #claimAgain = false;
  #fanning: Promise<void> | undefined;
  #fanAgain = false;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    private readonly db: Database,
    private readonly executor: Executor,
    private readonly registry: RegistryCache,
    private readonly options: WorkLoopOptions,
  ) {}

  /** Something may be due. */
  wake(): void {
    if (this.#stopped) return;
    if (this.#claiming) this.#claimAgain = true;
    else void this.#claim();
  }

  /** Events were accepted. */
  wakeInbox(): void {
    if (this.#stopped) return;
    this.#fanAgain = true;
    this.#fanning ??= this.#fanOutAll().finally(() => {
      this.#fanning = undefined;
      if (this.#fanAgain) this.wakeInbox();
    });
  }

  /** True while the job with this token is carried out here. */
  holds(token: string): boolean {
    return this.#held.has(token);
  }

  get isIdle(): boolean {
    return this.#held.size === 0 && !this.#claiming && this.#fanning === undefined;
  }

  /** Stops taking work and waits for what is in hand, at most `graceMs` milliseconds. */
  async stop(graceMs: number): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    const done = Promise.allSettled([...this.#running, this.#fanning]);
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    await Promise.race([done, grace]);
    clearTimeout(timer);
    await this.#setLeases([...this.#held.values()], 0).catch(() => undefined);
  }

  /** Renews the leases of the jobs in hand, but for those that take longer than any call may. */
  async renewLeases(): Promise<void> {
    const now = performance.now();
    const held = [...this.#held.values()].filter(({ until }) => until > now);
    await this.#setLeases(held, this.options.nowMs() + this.options.leaseMs);
  }

  /** A job that somebody has locked is being ended or cancelled: its lease no longer matters. */
  async #setLeases(held: Held[], leaseUntil: number): Promise<void> {
    if (held.length === 0) return;
    await this.db.query(
      `UPDATE job SET lease_until = $3 WHERE id IN (SELECT id FROM job
         WHERE id = ANY($1) AND token = ANY($2) FOR UPDATE SKIP LOCKED)`,
      [held.map(({ job }) => job.id), held.map(({ job }) => job.token), leaseUntil],
    );
  }

  async #fanOutAll(): Promise<void> {
    try {
      let more = true;
      while ((more || this.#fanAgain) && !this.#stopped) {
        this.#fanAgain = false;
        const result = await fanOut(this.db, () => this.registry.current(), this.options.nowMs);
        more = result.more;
        if (result.taken > 0) this.wake();
      }
    } catch (error) {
      this.#fanAgain = false;
      this.#report(error, 'engine: events were not fanned out');
    }
  }

  async #claim(): Promise<void> {
    this.#claiming = true;
    try {
      // Completions of this turn of the event loop free their workers before jobs are counted.
      await new Promise((resolve) => setImmediate(resolve));
      do {
        this.#claimAgain = false;
        const free = this.options.workers - this.#held.size;
        if (free <= 0) break;
        const size = Math.min(free, 64);
        const jobs = await this.#take(size);
        for (const job of jobs) this.#start(job);
        if (jobs.length === size) {
          this.#claimAgain = true;
          this.options.announce();
        } else if (!this.#claimAgain) await this.#scheduleNext();
      } while (this.#claimAgain && !this.#stopped);
    } catch (error) {
      this.#report(error, 'engine: no jobs could be taken');
    } finally {
      this.#claiming = false;
    }
    if (this.#claimAgain && this.#held.size < this.options.workers) this.wake();
  }

  async #take(size: number): Promise<ClaimedJob[]> {
    const { rows } = await this.db.query<ClaimedJob>(
      'SELECT * FROM claim_with_runs($1, $2, $3, $4)',
      [this.options.nowMs(), this.options.leaseMs, this.options.owner, size],
    );
    return rows;
  }

  #start(job: ClaimedJob): void {
    const until = performance.now() + this.options.callMs + 30_000;
    this.#held.set(job.token, { job, until });
    const run = this.executor.execute(job).finally(() => {
      this.#held.delete(job.token);
      this.#running.delete(run);
      this.wake();
      if (job.kind.endsWith('timeout')) this.wakeInbox();
    });
    this.#running.add(run);
  }

  /** Wakes itself when the next job falls due, so that no timer is late by a poll. */
  async #scheduleNext(): Promise<void> {
    const { rows } = await this.db.query<{ due: number | null; ready: boolean }>(
      `SELECT (SELECT min(run_at) FROM job WHERE state = 'future') AS due,
         EXISTS (SELECT 1 FROM job WHERE state = 'ready') AS ready`,
    );
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    // Those that were looked at may all have been parked on full keys; others stand behind them.
    const due = rows[0]?.ready ? 0 : rows[0]?.due;
    if (due === null || due === undefined) return;
    const wait = Math.max(due - this.options.nowMs(), 1);
    if (wait < limits.pollMs * 2) this.#timer = setTimeout(() => this.wake(), wait);
  }

  #report(error: unknown, message: string): void {
    if (this.#stopped) return;
    if (isDisconnection(error)) log.warn({ err: error }, message);
    else log.error({ err: error }, message);
  }
}
