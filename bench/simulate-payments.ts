import { parseArgs } from 'node:util';
import { log } from '@/server/platform/log';
import { simulatePayments } from '@/server/testing/payment-simulation/simulate';
import { countOption, runBench, withOwnDatabase } from './own-database';

/**
 * Pays workers at random over unreliable rails: `npm run simulate:payments`. By default 50 seeds of
 * 200 steps; `--first 17 --seeds 1` replays one seed. After every step the invariants must hold,
 * and at the end everybody must have been paid once. Uses a temporary Postgres, and exits with code
 * 1 at the first violation.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '50' },
    steps: { type: 'string', default: '200' },
    first: { type: 'string', default: '1' },
  },
});

async function main(): Promise<void> {
  // Each lost response logs a warning.
  log.level = 'error';
  const number = (name: keyof typeof values) => countOption(name, values[name]);
  const [seeds, steps, first] = [number('seeds'), number('steps'), number('first')];
  await withOwnDatabase(async () => {
    let payouts = 0;
    // Sequentially, because each controls the process's clock.
    for (let seed = first; seed < first + seeds; seed++) {
      const simulation = await simulatePayments(seed, steps);
      payouts += simulation.payouts;
      console.log(`seed ${seed}: ${simulation.payouts} payouts, each paid once`);
    }
    console.log(`${seeds} seeds of ${steps} steps, ${payouts} payouts: all held.`);
  });
}

runBench(main);
