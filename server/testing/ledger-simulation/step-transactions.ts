import { db, type Tx, transaction } from '@/server/platform/db';

/** Steps per transaction, so that most cost a statement and no commit. */
const STEPS_MAX = 20;
const OPEN_MS_MAX = 120_000;

interface Open {
  tx: Tx;
  steps: number;
  end: (how: 'commit' | 'roll back') => void;
}

class RolledBack extends Error {}

/**
 * Groups a simulation's steps into transactions: several share one, like the postings of a verdict.
 */
export class StepTransactions {
  private open: Open | null = null;
  private ended: Promise<void> = Promise.resolve();

  /** Runs a step in the transaction of the previous steps. The database must not reject it. */
  async together<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    this.open ??= await this.begin();
    this.open.steps += 1;
    const result = await work(this.open.tx);
    if (this.open.steps >= STEPS_MAX) await this.commit();
    return result;
  }

  /**
   * Runs a step in a transaction of its own, after all previous steps: one that the database
   * rejects.
   */
  async alone<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    await this.commit();
    return transaction(work);
  }

  /** Commits the steps so far; also required before code that opens its own transaction. */
  async commit(): Promise<void> {
    this.open?.end('commit');
    this.open = null;
    await this.ended;
  }

  /** Rolls back the steps since the last commit after one of them failed. */
  async rollBack(): Promise<void> {
    this.open?.end('roll back');
    this.open = null;
    await this.ended.catch(() => undefined);
  }

  private begin(): Promise<Open> {
    return new Promise((resolve, reject) => {
      this.ended = db
        .$transaction(
          async (tx) => {
            const how = await new Promise((end) => resolve({ tx, steps: 0, end }));
            if (how === 'roll back') throw new RolledBack();
          },
          { maxWait: OPEN_MS_MAX, timeout: OPEN_MS_MAX },
        )
        .catch((error) => {
          if (error instanceof RolledBack) return;
          reject(error);
          throw error;
        });
    });
  }
}
