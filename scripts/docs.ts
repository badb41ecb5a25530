/**
 * `npm run docs:generate`: writes the generated parts of the documentation; with `--check` it only
 * fails if a file is out of date. To add a part, list its generator in `docs/generators.ts`.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GENERATORS } from './docs/generators';
import { writeRegion } from './docs/write-region';

const root = fileURLToPath(new URL('..', import.meta.url));
const isCheck = process.argv.includes('--check');

const stale: string[] = [];
for (const { file, region, make } of GENERATORS) {
  const path = join(root, file);
  const present = await readFile(path, 'utf8').catch(() => '');
  const text = region === undefined ? make() : writeRegion(present, region, make());
  if (present === text) continue;
  stale.push(region === undefined ? file : `${file} (${region})`);
  if (isCheck) continue;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
if (isCheck && stale.length > 0) {
  console.error(
    `Not what the code says: ${stale.join(', ')}. Run \`npm run docs:generate\` and commit it.`,
  );
  process.exit(1);
}
console.log(
  stale.length > 0
    ? `Wrote ${stale.join(', ')}.`
    : `All ${GENERATORS.length} parts are up to date.`,
);
