import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from './launcher/settings';

interface Step {
  name: string;
  /** A program of node_modules/.bin and its arguments. */
  command: [string, ...string[]];
}

const STEPS: Step[] = [
  { name: 'Format and lint', command: ['biome', 'check', '.'] },
  { name: 'Types', command: ['tsc', '--noEmit', '-p', '.'] },
  {
    name: 'Import rules',
    command: ['depcruise', 'app', 'components', 'server', 'scripts', 'prisma', '--config'],
  },
  { name: 'Dead code', command: ['knip'] },
  { name: 'Migrations match the schema', command: ['tsx', 'prisma/migrate.ts', 'check'] },
  { name: 'OpenAPI matches the operations', command: ['tsx', 'scripts/openapi.ts', '--check'] },
  { name: 'Unit tests', command: ['vitest', 'run', '--project', 'unit'] },
];

/** `npm run check`: every check, each with its verdict; what a failed one printed follows it. */
async function main(): Promise<void> {
  let failures = 0;
  for (const { name, command } of STEPS) {
    const since = performance.now();
    const { code, output } = await run(command);
    const time = `${((performance.now() - since) / 1000).toFixed(1)} s`;
    console.log(`${code === 0 ? '✓' : '✗'} ${name} (${time})`);
    if (code !== 0) {
      failures += 1;
      console.log(output.trim().replace(/^/gm, '    '));
    }
  }
  console.log(failures === 0 ? 'All checks pass.' : `${failures} of ${STEPS.length} checks fail.`);
  process.exitCode = failures === 0 ? 0 : 1;
}

async function run([program, ...args]: Step['command']) {
  // By npx, which finds the program on every system; --no keeps it from installing anything.
  const child = spawn('npx', ['--no', '--', program, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

void main();
