import { parseArgs } from 'node:util';
import { reconcile } from '@/server/features/ledger';
import { type Simulation, simulateLedger } from '@/server/testing/ledger-simulation/simulate';
import { countOption, runBench, withOwnDatabase } from './own-database';

/**
 * Uses the ledger at random and compares it with a model: `npm run simulate:ledger`. By default 200
 * seeds of 10,000 steps; `--first 17 --seeds 1` replays one seed. After every step everything must
 * sum to zero, nothing may be negative, and held and in-flight amounts must equal open tasks and
 * attempts. Uses a temporary Postgres, and exits with code 1 at the first violation.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    steps: { type: 'string', default: '10000' },
    first: { type: 'string', default: '1' },
    /** Concurrent seeds. */
    together: { type: 'string', default: '6' },
  },
});

async function main(): Promise<void> {
  const number = (name: keyof typeof values) => countOption(name, values[name]);
  const [seeds, steps, first] = [number('seeds'), number('steps'), number('first')];
  await withOwnDatabase(async () => {
    const begunMs = performance.now();
    const left = Array.from({ length: seeds }, (_, n) => first + n);
    const done: Simulation[] = [];
    const takeSeeds = async () => {
      for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
        const simulation = await simulateLedger(seed, steps);
        done.push(simulation);
        const perSecond = (done.length * steps * 1_000) / (performance.now() - begunMs);
        console.log(
          `seed ${seed}: ${simulation.digest}, ${done.length} of ${seeds} done, ${perSecond.toFixed(0)} steps a second`,
        );
      }
    };
    await Promise.all(Array.from({ length: number('together') }, takeSeeds));
    tell(done);
    const { ok, postings, entries } = await reconcile();
    console.log(
      `${postings} postings, ${entries} entries; added up again they ${ok ? '' : 'do not '}hold.`,
    );
    if (!ok) process.exitCode = 1;
  });
}

/** Counts of all outcomes. */
function tell(simulations: readonly Simulation[]): void {
  const counts = new Map<string, number>();
  for (const [outcome, count] of simulations.flatMap(({ outcomes }) => [...outcomes])) {
    counts.set(outcome, (counts.get(outcome) ?? 0) + count);
  }
  for (const [outcome, count] of [...counts].sort())
    console.log(`  ${outcome.padEnd(40)} ${count}`);
}

runBench(main);
