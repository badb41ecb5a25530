import { expect, it } from 'vitest';
import { useTestDatabase } from '@/server/testing/database';
import { PAYMENT_ACTIONS } from '@/server/testing/payment-simulation/actions';
import { simulatePayments } from '@/server/testing/payment-simulation/simulate';

useTestDatabase();

const STEPS = 80;

/** The full form is `npm run simulate:payments`. */
it('payments at random reach everybody once, over rails that keep no promise', async () => {
  const ran = new Set<string>();
  for (const seed of [1, 2]) {
    const simulation = await simulatePayments(seed, STEPS);
    for (const name of simulation.ran.keys()) ran.add(name);
    expect(simulation.payouts).toBeGreaterThan(0);
  }
  for (const { name } of PAYMENT_ACTIONS) expect(ran, name).toContain(name);
});
