import { log } from '@/server/platform/log';
import type { Claim, ClaimedJob, Taken, TakeWith } from './claimed-job';
import { isDisconnection } from './committer';
import type { Database } from './database';
import { type Executor, isTimed } from './executor';
import { fanOut } from './fan-out';
import { limits } from './limits';
import type { RegistryCache } from './registry-cache';

interface WorkLoopOptions {
  owner: string;
  workers: number;
  leaseMs: number;
  callMs: number;
  nowMs: () => number;
  /** Notifies other processes that there is work. */
  announce: () => void;
}

interface Held {
  job: ClaimedJob;
  /** Monotonic time (performance.now) after which the lease is no longer renewed. */
  until: number;
}

/**
 * Leases events and jobs while there are any, up to the number of workers. Woken by local activity,
 * by other processes and by the clock; a poll finds whatever was missed.
 */
export class WorkLoop {
  readonly #held = new Map<string, Held>();
  readonly #running = new Set<Promise<void>>();
  #claiming = false;
  #claimAgain = false;
  #fanning: Promise<void> | undefined;
  #fanAgain = false;
  #timer: NodeJS.Timeout | undefined;
  #wakesAt = Number.POSITIVE_INFINITY;
  /** Workers reserved for statements in flight. */
  #reserved = 0;
  /** At the last poll, jobs were ready and no worker was free. */
  #more = false;
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

  /** Leases jobs in a statement that also does something else, and starts them. */
  readonly takeWith: TakeWith = async (wanted, work, freed = 0) => {
    const size = this.#stopped ? 0 : Math.min(wanted, this.#free + freed);
    this.#reserved += size;
    try {
      const { owner, leaseMs } = this.options;
      const taken = await work({ owner, leaseMs, size });
      this.#adopt(taken);
      return taken;
    } finally {
      this.#reserved -= size;
    }
  };

  get #free(): number {
    return Math.max(0, this.options.workers - this.#held.size - this.#reserved);
  }

  /** Processes the result of a poll: starts the leased jobs, and schedules the rest. */
  #adopt({ jobs, ready, due }: Taken): void {
    if (this.#stopped) {
      const held = (jobs ?? []).map((job) => ({ job, until: 0 }));
      this.#setLeases(held, 0).catch(() => undefined);
      return;
    }
    for (const job of jobs ?? []) this.#start(job);
    this.#more = ready ?? this.#more;
    if (this.#more) this.options.announce();
    // The jobs polled may all have been parked on full keys; others may be queued behind them.
    this.expect(this.#more && this.#free > 0 ? 0 : due);
  }

  /** Schedules a wake-up for a job due at this time, in milliseconds, before the next poll. */
  expect(due: number | null): void {
    if (due === null || this.#stopped) return;
    const wait = Math.max(due - this.options.nowMs(), 1);
    // An earlier poll may have scheduled an earlier wake-up.
    if (wait > limits.idlePollMs * 2 || performance.now() + wait >= this.#wakesAt) return;
    clearTimeout(this.#timer);
    this.#wakesAt = performance.now() + wait;
    this.#timer = setTimeout(() => {
      this.#wakesAt = Number.POSITIVE_INFINITY;
      this.wake();
    }, wait);
  }

  /** True while the job with this token is running here. */
  holds(token: string): boolean {
    return this.#held.has(token);
  }

  get isIdle(): boolean {
    const works = this.#held.size > 0 || this.#reserved > 0;
    return !works && !this.#claiming && this.#fanning === undefined;
  }

  /** Stops leasing work and waits for jobs in progress, at most `graceMs` milliseconds. */
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

  /** Renews the leases of jobs in progress, except those that exceed the maximum call time. */
  async renewLeases(): Promise<void> {
    const now = performance.now();
    const held = [...this.#held.values()].filter(({ until }) => until > now);
    await this.#setLeases(held, this.options.nowMs() + this.options.leaseMs);
  }

  /**
   * A job locked by another transaction is being ended or cancelled: its lease no longer matters.
   */
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
      // Completions of the same tick free their workers before jobs are counted.
      await new Promise((resolve) => setImmediate(resolve));
      do {
        this.#claimAgain = false;
        const size = Math.min(this.#free, 64);
        if (size <= 0) break;
        const { jobs } = await this.takeWith(size, (claim) => this.#takeJobs(claim));
        if (jobs?.length === size) this.#claimAgain = true;
      } while (this.#claimAgain && !this.#stopped);
    } catch (error) {
      this.#report(error, 'engine: no jobs could be taken');
    } finally {
      this.#claiming = false;
    }
    if (this.#claimAgain && this.#free > 0) this.wake();
  }

  async #takeJobs({ leaseMs, owner, size }: Claim): Promise<Taken> {
    const { rows } = await this.db.query<Taken>('SELECT * FROM take_jobs($1, $2, $3, $4)', [
      this.options.nowMs(),
      leaseMs,
      owner,
      size,
    ]);
    return rows[0] ?? { jobs: null, ready: null, due: null };
  }

  #start(job: ClaimedJob): void {
    const until = performance.now() + this.options.callMs + 30_000;
    this.#held.set(job.token, { job, until });
    const run = this.executor.execute(job).finally(() => {
      this.#held.delete(job.token);
      this.#running.delete(run);
      // The commit of a call has already polled for more; other jobs may have created some.
      if (this.#more || isTimed(job)) this.wake();
      if (job.kind.endsWith('timeout')) this.wakeInbox();
    });
    this.#running.add(run);
  }

  #report(error: unknown, message: string): void {
    if (this.#stopped) return;
    if (isDisconnection(error)) log.warn({ err: error }, message);
    else log.error({ err: error }, message);
  }
}
