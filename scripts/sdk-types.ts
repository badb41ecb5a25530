/**
 * `npm run sdk-types`: writes the SDKs' types from `public/openapi.json`; with `--check` it only
 * fails if a file is out of date. To add a language, list its emitter.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emitGo } from './sdk-types/go';
import type { Model } from './sdk-types/model';
import { emitPython } from './sdk-types/python';
import { readModel } from './sdk-types/read-model';
import { emitTypeScript } from './sdk-types/typescript';

/** A language's files: contents by path in the repository. */
type Emitter = (model: Model) => Record<string, string>;

const EMITTERS: Emitter[] = [emitGo, emitPython, emitTypeScript];

const root = fileURLToPath(new URL('..', import.meta.url));
const document = JSON.parse(await readFile(join(root, 'public/openapi.json'), 'utf8'));
const model = readModel(document.components.schemas);
const files = EMITTERS.flatMap((emit) => Object.entries(emit(model)));

const stale: string[] = [];
for (const [path, text] of files) {
  const file = join(root, path);
  const present = await readFile(file, 'utf8').catch(() => '');
  if (present === text) continue;
  stale.push(path);
  if (!process.argv.includes('--check')) await writeFile(file, text);
}
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(
    `${stale.join(', ')}: not what public/openapi.json says. Run \`npm run sdk-types\` and commit it.`,
  );
  process.exit(1);
}
console.log(
  stale.length > 0 ? `Wrote ${stale.join(', ')}.` : `All ${files.length} files are up to date.`,
);
