import { parseArgs } from 'node:util';
import { log } from '@/server/platform/log';
import { simulatePayments } from '@/server/testing/payment-simulation/simulate';
import { countOption, runBench, withOwnDatabase } from './own-database';

/**
 * Pays workers at random over rails that keep no promise: `npm run simulate:payments`. 50 seeds of 200 steps
 * unless told; `--first 17 --seeds 1` takes one seed's way again. After every step the invariants must hold, and
 * in the end everybody must have been paid once. It starts a Postgres of its own, and exits with code 1 at the
 * first step that is not so.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '50' },
    steps: { type: 'string', default: '200' },
    first: { type: 'string', default: '1' },
  },
});

async function main(): Promise<void> {
  // Each lost answer is a warning.
  log.level = 'error';
  const number = (name: keyof typeof values) => countOption(name, values[name]);
  const [seeds, steps, first] = [number('seeds'), number('steps'), number('first')];
  await withOwnDatabase(async () => {
    let payouts = 0;
    // One after another, since each has the process's clock.
    for (let seed = first; seed < first + seeds; seed++) {
      const simulation = await simulatePayments(seed, steps);
      payouts += simulation.payouts;
      console.log(`seed ${seed}: ${simulation.payouts} payouts, each paid once`);
    }
    console.log(`${seeds} seeds of ${steps} steps, ${payouts} payouts: all held.`);
  });
}

runBench(main);
