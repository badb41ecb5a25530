import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/server/testing/database';
import { ACTIONS, simulateLedger } from '@/server/testing/ledger-simulation/simulate';
import { reconcile } from './index';

useTestDatabase();

const STEPS = 300;
const SEEDS = [1, 2];

/** The long version is `npm run simulate:ledger`. */
describe('the ledger at random', () => {
  it(`keeps to its model after each of ${STEPS} steps of ${SEEDS.length} seeds at once`, async () => {
    const runs = await Promise.all(SEEDS.map((seed) => simulateLedger(seed, STEPS)));
    const seen = new Set(runs.flatMap(({ outcomes }) => [...outcomes.keys()]));
    for (const { name } of ACTIONS) {
      const isSeen = seen.has(`${name}: done`) || seen.has(`${name}: refused`);
      expect(isSeen, `${name} has happened`).toBe(true);
    }
    expect(seen).toContain('create: refused');
    expect(seen).toContain('reserve a payout: refused');
    expect((await reconcile()).ok).toBe(true);
  });

  it('takes the same way again from the same seed', async () => {
    const [first, again] = [await simulateLedger(7, 50), await simulateLedger(7, 50)];
    expect(again).toEqual(first);
  });

  it('tells of books that say other than the model', async () => {
    const forgetful = ACTIONS.map((action) => ({
      ...action,
      run: async (...[world]: Parameters<typeof action.run>) => {
        const outcome = await action.run(world);
        if (action.name === 'deposit') world.model.takeExpected();
        return outcome;
      },
    }));
    await expect(simulateLedger(1, 50, forgetful)).rejects.toThrow(/Seed 1, step 50 .*deposit of/);
  });
});
