import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '@/server/platform/log';
import { type AppCaller, createAppCaller, type Reply } from './call-app';
import { type CallJob, type ClaimedJob, isCall } from './claimed-job';
import type { Committer } from './committer';
import type { Database } from './database';
import { type Effect, errorJson } from './effects';
import { interpret, type RetryPolicy } from './interpret';
import type { RegistryCache } from './registry-cache';
import { resume, runTimedJob } from './timed-jobs';

const effectKinds: Record<string, (job: ClaimedJob) => Effect> = {
  wake: (job) => resume(job, 'null'),
  timeout: (job) => resume(job, job.payload ?? 'null'),
  resume: (job) => resume(job, job.payload ?? 'null'),
};

/** True for jobs done in a transaction of their own, bypassing the committer. */
export function isTimed(job: ClaimedJob): boolean {
  return !isCall(job) && !(job.kind in effectKinds);
}

/** Executes leased jobs. */
export class Executor {
  readonly #caller: AppCaller;
  #closed = false;

  constructor(
    private readonly db: Database,
    private readonly committer: Committer,
    private readonly registry: RegistryCache,
    private readonly nowMs: () => number,
    private readonly retries: RetryPolicy,
    options: { callMs: number; signingKey: string | undefined },
  ) {
    this.#caller = createAppCaller(options.callMs, options.signingKey);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#caller.close();
  }

  /** Runs one job to completion. On a failure of the engine itself the job is left to its lease. */
  async execute(job: ClaimedJob): Promise<void> {
    try {
      const effect = effectKinds[job.kind];
      if (effect) await this.committer.submit([effect(job)]);
      else if (isCall(job)) await this.#call(job);
      else await runTimedJob(this.db, await this.registry.current(), job, this.nowMs());
    } catch (error) {
      log.error({ err: error, job: job.id, kind: job.kind }, 'engine: a job was interrupted');
      await this.#giveBack(job);
    }
  }

  async #call(job: CallJob): Promise<void> {
    const fn = await this.registry.find(job.fn_id, job.registry_version);
    if (!fn) {
      const error = errorJson('Error', `The function "${job.fn_id}" is not registered.`);
      await this.committer.submit([{ ...identity(job), finish: { status: 'failed', error } }]);
      return;
    }
    // A lost lease costs an attempt eventually; with none left, it must not be called again.
    if (job.attempt >= job.max_attempts) {
      const error = errorJson('Error', 'The engine lost the call again and again.');
      await this.committer.submit([{ ...identity(job), finish: { status: 'failed', error } }]);
      return;
    }
    const reply = await this.#caller.call(fn, job, this.nowMs());
    // Our shutdown broke the connection, not the app: another process retries the call.
    if (this.#closed && reply.kind !== 'response') return;
    const effects = interpret(job, reply, this.retries, this.nowMs());
    const outcomes = await this.committer.submit(effects);
    if (outcomes.at(-1) === 'noop') await this.#nothingNew(job);
  }

  /** The response changed nothing and nothing is awaited: without this the run would be stuck. */
  async #nothingNew(job: CallJob): Promise<void> {
    const reply: Reply = {
      kind: 'response',
      status: 500,
      headers: { 'x-inngest-sdk': 'engine' },
      body: errorJson('Error', 'The app reported no new step and no result.'),
    };
    await this.committer.submit(interpret(job, reply, this.retries, this.nowMs()));
  }

  async #giveBack(job: ClaimedJob): Promise<void> {
    await sleep(250);
    try {
      await this.db.query('UPDATE job SET lease_until = 0 WHERE id = $1 AND token = $2', [
        job.id,
        job.token,
      ]);
    } catch (error) {
      log.warn({ err: error, job: job.id }, 'engine: the job waits for its lease to expire');
    }
  }
}

function identity(job: CallJob) {
  return { run: job.run_id, job: job.id, token: job.token, startedAt: job.claimed_at };
}
