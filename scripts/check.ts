import { collect, summary } from './testing/outcome';

interface Step {
  name: string;
  /** A program of node_modules/.bin, or a script for `node`, and its arguments. */
  command: [string, ...string[]];
}

/** Longest first, because two run at a time. */
const STEPS: Step[] = [
  // By path, because TypeScript 6 also provides a tsc.
  {
    name: 'Types',
    command: ['node', 'node_modules/typescript-native/bin/tsc', '--noEmit', '-p', '.'],
  },
  { name: 'Format and lint', command: ['biome', 'check', '.'] },
  {
    name: 'Import rules',
    command: ['depcruise', 'app', 'components', 'server', 'scripts', 'prisma', '--config'],
  },
  { name: 'Dead code', command: ['knip'] },
  {
    // Excludes tests and their helpers, to find code that only its own test calls.
    name: 'Code that only tests call',
    command: [
      'knip',
      '--production',
      '--config',
      'knip.production.json',
      '--include',
      'files,exports',
    ],
  },
  { name: 'Migrations match the schema', command: ['tsx', 'prisma/migrate.ts', 'check'] },
  { name: 'OpenAPI matches the operations', command: ['tsx', 'scripts/openapi.ts', '--check'] },
  {
    name: 'OpenAPI by Spectral’s rules',
    command: ['spectral', 'lint', '--fail-severity=hint', 'public/openapi.json'],
  },
  { name: 'SDK types match the OpenAPI', command: ['tsx', 'scripts/sdk-types.ts', '--check'] },
  { name: 'Documentation matches the code', command: ['tsx', 'scripts/docs.ts', '--check'] },
];
const UNIT_TESTS: Step = { name: 'Unit tests', command: ['vitest', 'run', '--project', 'unit'] };

/** Concurrent steps: most use one core each. */
const LANES = 2;
const WITHOUT_TESTS = '--without-tests';

/**
 * `npm run check`: runs every check and prints its result, followed by the output of failed ones.
 * With `--without-tests` it leaves the unit tests to `npm test`. The last line is `N passed, N
 * failed`.
 */
async function main(args: string[]): Promise<void> {
  const unknown = args.find((arg) => arg !== WITHOUT_TESTS);
  if (unknown) {
    console.error(`Unknown option "${unknown}"; the only one is ${WITHOUT_TESTS}.`);
    process.exitCode = 1;
    return;
  }
  const steps = args.includes(WITHOUT_TESTS) ? STEPS : [...STEPS, UNIT_TESTS];
  const queue = steps.values();
  let failed = 0;
  const lane = async () => {
    for (const step of queue) if (!(await passes(step))) failed += 1;
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  console.log(summary({ passed: steps.length - failed, failed, skipped: 0 }));
  process.exitCode = failed === 0 ? 0 : 1;
}

async function passes({ name, command }: Step): Promise<boolean> {
  const since = performance.now();
  const [program, ...args] = command;
  // With npx, which finds a program on every system; --no prevents it from installing anything.
  const { code, output } =
    program === 'node'
      ? await collect(process.execPath, args)
      : await collect('npx', ['--no', '--', ...command]);
  const time = `${((performance.now() - since) / 1000).toFixed(1)} s`;
  const words = code === 0 ? '' : `\n${output.trim().replace(/^/gm, '    ')}`;
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${time})${words}`);
  return code === 0;
}

void main(process.argv.slice(2));
