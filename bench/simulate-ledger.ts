import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { deploy } from '@/prisma/migrate';
import { startPostgres } from '@/server/embedded/postgres';
import { reconcile } from '@/server/features/ledger';
import { useDatabase } from '@/server/platform/db';
import { type Simulation, simulateLedger } from '@/server/testing/ledger-simulation/simulate';

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

function number(name: keyof typeof values): number {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${name} must be a whole number above 0, not "${values[name]}".`);
}

async function main(): Promise<void> {
  const [seeds, steps, first] = [number('seeds'), number('steps'), number('first')];
  const folder = mkdtempSync(join(tmpdir(), 'humanrail-simulation-'));
  const server = await startPostgres({ dataDir: folder, durable: false });
  try {
    await deploy(server.url);
    const release = await useDatabase(server.url);
    try {
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
    } finally {
      await release();
    }
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
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

main().then(
  () => process.exit(),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
