// Builds sdks/typescript (ES modules, CommonJS, declarations), so that an import of
// '@humanrail/sdk' works anywhere in the repository. Skips when the build is newer than the source.
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
const home = join(root, 'sdks/typescript');
const dist = join(home, 'dist');
const stamp = join(dist, 'esm/package.json');

const sources = readdirSync(join(home, 'src'), { recursive: true, encoding: 'utf8' })
  .map((name) => join(home, 'src', name))
  .concat(
    join(home, 'tsconfig.build.json'),
    join(home, 'tsconfig.command.json'),
    fileURLToPath(import.meta.url),
  );
const newestSource = Math.max(...sources.map((path) => statSync(path).mtimeMs));
const fresh = existsSync(stamp) && statSync(stamp).mtimeMs >= newestSource;
if (fresh && !process.argv.includes('--force')) process.exit(0);

let compiler;
try {
  const require = createRequire(import.meta.url);
  compiler = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
} catch {
  process.stderr.write(
    'TypeScript is not installed, so @humanrail/sdk was not built; run npm ci without --omit=dev.\n',
  );
  process.exit(0);
}

// Built aside and moved into place whole, so that nobody imports half a build.
const aside = `${dist}.${process.pid}`;
const startedAt = new Date();
// The command is an ES module only, and may use Node; the rest is compiled once without Node's types, so
// that nothing of Node's gets into what browsers run.
for (const [folder, module, type, project] of [
  ['esm', 'esnext', 'module', 'tsconfig.command.json'],
  ['cjs', 'commonjs', 'commonjs', 'tsconfig.build.json'],
]) {
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
    process.stderr.write('@humanrail/sdk could not be built; see the message above.\n');
    process.exit(1);
  }
  writeFileSync(join(out, 'package.json'), `${JSON.stringify({ type, sideEffects: false })}\n`);
}
// Dated at the start, so that a source saved during the build makes it stale.
utimesSync(join(aside, 'esm/package.json'), startedAt, startedAt);
rmSync(dist, { recursive: true, force: true });
renameSync(aside, dist);
