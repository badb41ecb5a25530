import { parseArgs } from 'node:util';
import { reconcile } from '@/server/features/ledger';
import { type Simulation, simulateLedger } from '@/server/testing/ledger-simulation/simulate';
import { countOption, runBench, withOwnDatabase } from './own-database';

/**
 * Uses the ledger at random, beside a model of it: `npm run simulate:ledger`. 200 seeds of 10,000 steps unless
 * told; `--first 17 --seeds 1` takes one seed's way again. After every step everything must sum to zero, nothing
 * be below zero, and what is held and in flight be what is open. It starts a Postgres of its own, and exits with
 * code 1 at the first step that is not so.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    steps: { type: 'string', default: '10000' },
    first: { type: 'string', default: '1' },
    /** Seeds under way at once. */
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

/** What happened how often in all of them. */
function tell(simulations: readonly Simulation[]): void {
  const counts = new Map<string, number>();
  for (const [outcome, count] of simulations.flatMap(({ outcomes }) => [...outcomes])) {
    counts.set(outcome, (counts.get(outcome) ?? 0) + count);
  }
  for (const [outcome, count] of [...counts].sort())
    console.log(`  ${outcome.padEnd(40)} ${count}`);
}

runBench(main);
