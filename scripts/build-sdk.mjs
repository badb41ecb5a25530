// Builds the packages of sdks/ (ES modules, CommonJS where supported, and declarations), so that
// importing '@humanrail/sdk' or '@humanrail/mcp' works anywhere in the repository. Skips packages
// that are newer than their source.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const force = process.argv.includes('--force');

/** In dependency order. */
const PACKAGES = [
  {
    name: '@humanrail/sdk',
    home: join(root, 'sdks/typescript'),
    formats: [
      // The command is an ES module only, and may use Node; the rest is also compiled once without
      // Node's types, so that browser code cannot depend on Node.
      ['esm', 'esnext', 'module', 'tsconfig.command.json'],
      ['cjs', 'commonjs', 'commonjs', 'tsconfig.build.json'],
    ],
  },
  {
    name: '@humanrail/mcp',
    home: join(root, 'sdks/mcp'),
    formats: [['esm', 'esnext', 'module', 'tsconfig.build.json']],
  },
];

const stale = PACKAGES.filter((one) => force || !isFresh(one));
if (stale.length > 0) {
  const compiler = findCompiler();
  if (!compiler) {
    const names = stale.map(({ name }) => name).join(' and ');
    process.stderr.write(
      `TypeScript is not installed, so ${names} were not built; run npm ci without --omit=dev.\n`,
    );
    process.exit(0);
  }
  for (const one of stale) build(one, compiler);
}

function isFresh({ home, formats }) {
  const sources = readdirSync(join(home, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => join(home, 'src', name))
    .concat(
      formats.map(([, , , project]) => join(home, project)),
      fileURLToPath(import.meta.url),
    );
  const newestSource = Math.max(...sources.map((path) => statSync(path).mtimeMs));
  const stamp = join(home, 'dist/esm/package.json');
  return existsSync(stamp) && statSync(stamp).mtimeMs >= newestSource;
}

function findCompiler() {
  try {
    const require = createRequire(import.meta.url);
    return join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  } catch {
    return undefined;
  }
}

function build({ name, home, formats }, compiler) {
  // Built in a temporary folder and renamed, so that nobody imports a partial build.
  const dist = join(home, 'dist');
  const aside = `${dist}.${process.pid}`;
  const startedAt = new Date();
  for (const [folder, module, type, project] of formats) {
    const out = join(aside, folder);
    mkdirSync(out, { recursive: true });
    const result = spawnSync(
      process.execPath,
      [compiler, '-p', project, '--module', module, '--outDir', out],
      { cwd: home, encoding: 'utf8' },
    );
    if (result.status !== 0) {
      rmSync(aside, { recursive: true, force: true });
      process.stderr.write(`${result.stdout}\n${result.stderr}\n`);
      process.stderr.write(`${name} could not be built; see the message above.\n`);
      process.exit(1);
    }
    writeFileSync(join(out, 'package.json'), `${JSON.stringify({ type, sideEffects: false })}\n`);
  }
  // Dated at the start, so that a source saved during the build makes it stale.
  utimesSync(join(aside, 'esm/package.json'), startedAt, startedAt);
  rmSync(dist, { recursive: true, force: true });
  renameSync(aside, dist);
}
