/**
 * Writes `public/openapi.json` from the operations; with `--check` it only fails if the file is out
 * of date.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { about, operations } from '@/server/rest';
import { openApiDocument } from '@/server/transport/rest/openapi';

const file = fileURLToPath(new URL('../public/openapi.json', import.meta.url));
const document = `${JSON.stringify(openApiDocument(operations, about), null, 2)}\n`;

if (process.argv.includes('--check')) {
  const present = await readFile(file, 'utf8').catch(() => '');
  if (present !== document) {
    console.error(
      'public/openapi.json is not what the operations say. Run `npm run openapi` and commit it.',
    );
    process.exit(1);
  }
  console.log(`public/openapi.json is up to date (${operations.length} operations).`);
} else {
  await writeFile(file, document);
  console.log(`Wrote public/openapi.json (${operations.length} operations).`);
}
