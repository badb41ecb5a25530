import { parseArgs } from 'node:util';
import { engineEnvironment } from './product-run/engine-environment';
import { runProduct } from './product-run/run-product';

/**
 * Runs the product's own scenarios on an engine: `npm run engine:product` on the embedded one, `--
 * --engine URL` on an Inngest server, which must be otherwise idle. A self-hosted server also needs
 * its keys: `--event-key`, `--signing-key`. Exits 1 if a scenario fails.
 */
const { values } = parseArgs({
  options: {
    engine: { type: 'string' },
    'event-key': { type: 'string' },
    'signing-key': { type: 'string' },
    /** Tasks in progress while the app is killed. */
    tasks: { type: 'string' },
    /** Timeout of each wait, in seconds; 600, but 900 on a real server, which retries after minutes. */
    patience: { type: 'string' },
    /** Only scenarios whose name matches. */
    only: { type: 'string' },
  },
});

const begunMs = performance.now();
const say = (words: string) =>
  console.log(`${((performance.now() - begunMs) / 1000).toFixed(1).padStart(6)} s  ${words}`);

function count(name: 'tasks' | 'patience', fallback: number): number {
  const value = Number(values[name] ?? fallback);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${name} must be a positive whole number, not "${values[name]}".`);
}

async function main(): Promise<boolean> {
  const results = await runProduct({
    engineEnv: engineEnvironment({
      url: values.engine,
      eventKey: values['event-key'],
      signingKey: values['signing-key'],
    }),
    tasks: count('tasks', 200),
    patienceSeconds: count('patience', values.engine ? 900 : 600),
    pattern: values.only ? new RegExp(values.only) : undefined,
    say,
  });
  console.log(`\nThe product on ${values.engine ?? 'the embedded engine'}:`);
  for (const { name, seconds, seen, faults } of results) {
    console.log(
      `${faults.length === 0 ? '✓' : '✗'} ${name.padEnd(34)} ${seconds.toFixed(1).padStart(6)} s  ${seen}`,
    );
    for (const fault of faults) console.log(`    ${fault}`);
  }
  const passed = results.filter((result) => result.faults.length === 0).length;
  console.log(`${passed} of ${results.length} scenarios passed`);
  return passed === results.length && passed > 0;
}

main().then(
  (passed) => process.exit(passed ? 0 : 1),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
