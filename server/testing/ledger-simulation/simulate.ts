/**
 * Random use of the ledger, compared with a model in memory: seeded, so that failures are
 * reproducible. Every action is one call of the ledger's own functions against a real database.
 */
import { createHash } from 'node:crypto';
import { randomFrom } from '@/server/features/sandbox/random';
import { ADJUSTMENT_ACTIONS } from './adjustment-actions';
import { checkBooks } from './check-books';
import { FUNDING_ACTIONS } from './funding-actions';
import { PAYOUT_ACTIONS } from './payout-actions';
import { TASK_ACTIONS } from './task-actions';
import { type Action, createWorld } from './world';

export const ACTIONS: readonly Action[] = [
  ...FUNDING_ACTIONS,
  ...TASK_ACTIONS,
  ...PAYOUT_ACTIONS,
  ...ADJUSTMENT_ACTIONS,
];

/** Steps whose entries are compared by one statement; the model is checked after each. */
const CHECKED_TOGETHER = 50;

export interface Simulation {
  seed: number;
  steps: number;
  /** How often each outcome happened, such as `create: refused`. */
  outcomes: ReadonlyMap<string, number>;
  /** Digest of all final balances and counters; the same for the same seed, steps and actions. */
  digest: string;
}

/**
 * Runs this many steps. After each one, in the model, everything sums to zero, nothing is negative,
 * the held total equals the holds of open tasks, and the in-flight total equals the open attempts;
 * and the ledger's entries and balances after each step equal the model's.
 * @throws Error naming seed and step if not.
 */
export async function simulateLedger(
  seed: number,
  steps: number,
  actions: readonly Action[] = ACTIONS,
): Promise<Simulation> {
  const random = randomFrom('ledger', seed);
  const world = await createWorld(random);
  const { model } = world;
  const outcomes = new Map<string, number>();
  let last = 0n;
  for (let step = 1; step <= steps; step++) {
    model.begin(step);
    const action = chooseOf(actions, random());
    try {
      const outcome = `${action.name}: ${await action.run(world)}`;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      assertNone(model.broken());
      if (step % CHECKED_TOGETHER === 0 || step === steps) {
        await world.steps.commit();
        const checked = await checkBooks(world, last);
        assertNone(checked.broken);
        last = checked.last;
      }
    } catch (error) {
      await world.steps.rollBack();
      throw new Error(`Seed ${seed}, step ${step} (${action.name}): ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
  const summary = model.summary(world.nameOf).join('\n');
  const digest = createHash('sha256').update(summary).digest('hex').slice(0, 16);
  return { seed, steps, outcomes, digest };
}

function assertNone(broken: readonly string[]): void {
  if (broken.length > 0) throw new Error(broken.join('; '));
}

function chooseOf(actions: readonly Action[], at: number): Action {
  const total = actions.reduce((sum, { weight }) => sum + weight, 0);
  let left = at * total;
  for (const action of actions) {
    left -= action.weight;
    if (left < 0) return action;
  }
  throw new Error('There are no actions to choose from.');
}
