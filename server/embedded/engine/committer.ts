import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '@/server/platform/log';
import type { TakeWith } from './claimed-job';
import { type Database, isTransient } from './database';
import { applyEffectsAndTake, type Effect, type Outcome } from './effects';

interface Entry {
  effects: Effect[];
  resolve: (outcomes: Outcome[]) => void;
  reject: (error: unknown) => void;
}

const maxBatch = 64;
const maxBatchBytes = 8 * 1024 * 1024;
const maxParallel = 2;

/**
 * Batches the effects of calls that end at about the same time into one statement: one commit
 * serves many runs and leases the next jobs for the freed workers. Each entry still succeeds or
 * goes stale independently.
 */
export class Committer {
  #queue: Entry[] = [];
  #running = 0;

  constructor(
    private readonly db: Database,
    private readonly nowMs: () => number,
    private readonly take: TakeWith,
    /** Called when events about ended runs are waiting in the inbox. */
    private readonly onEmitted: () => void,
    /** How long to retry while the database is unavailable, in milliseconds. */
    private readonly patienceMs = 60_000,
  ) {}

  /** Applies these effects in order; returns the outcome of each. */
  submit(effects: Effect[]): Promise<Outcome[]> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ effects, resolve, reject });
      if (this.#running < maxParallel) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#running += 1;
    // Lets replies that arrive in the same tick of the event loop join the batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0) await this.#flush(this.#next());
    this.#running -= 1;
  }

  #next(): Entry[] {
    let bytes = 0;
    let count = 0;
    for (const entry of this.#queue) {
      bytes += sizeOf(entry);
      if (count > 0 && (count >= maxBatch || bytes > maxBatchBytes)) break;
      count += 1;
    }
    return this.#queue.splice(0, count);
  }

  async #flush(entries: Entry[]): Promise<void> {
    try {
      const outcomes = await this.#apply(entries.flatMap((entry) => entry.effects));
      if (outcomes.includes('emitted')) this.onEmitted();
      let offset = 0;
      for (const { effects, resolve } of entries) {
        resolve(outcomes.slice(offset, offset + effects.length));
        offset += effects.length;
      }
    } catch (error) {
      if (entries.length === 1) entries[0]?.reject(error);
      else for (const entry of entries) await this.#flush([entry]);
    }
  }

  async #apply(effects: Effect[]): Promise<Outcome[]> {
    const start = performance.now();
    const freed = effects.filter((effect) => effect.job && !effect.keep).length;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { outcomes } = await this.take(
          freed,
          (claim) => applyEffectsAndTake(this.db, effects, this.nowMs(), claim),
          freed,
        );
        return outcomes;
      } catch (error) {
        const patient = performance.now() - start < this.patienceMs;
        if (!patient || !(isTransient(error) || isDisconnection(error))) throw error;
        log.warn({ err: error, attempt }, 'engine: results are not saved yet; retrying');
        await sleep(isTransient(error) ? 5 : 250);
      }
    }
  }
}

function sizeOf(entry: Entry): number {
  return entry.effects.reduce(
    (sum, effect) =>
      sum +
      (effect.finish?.output?.length ?? 0) +
      (effect.steps ?? []).reduce((s, step) => s + ('result' in step ? step.result.length : 0), 0),
    0,
  );
}

/** True if the database was unavailable, so that a retry may succeed. */
export function isDisconnection(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  if (code && /^(57P0|08|53300|ECONN|EPIPE|ENOENT)/.test(code)) return true;
  return /terminated|timeout exceeded|Connection ended|not queryable/i.test(message ?? '');
}
