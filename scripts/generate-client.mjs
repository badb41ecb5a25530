// Generates the Prisma client without the schema-engine binary, which `generate` never runs but
// would otherwise try to download. Skipped if the client is newer than the schema.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const schemaDir = join(root, 'prisma/schema');
const client = join(root, 'prisma/generated/client.ts');

const newestSchema = Math.max(
  ...readdirSync(schemaDir).map((name) => statSync(join(schemaDir, name)).mtimeMs),
);
if (existsSync(client) && statSync(client).mtimeMs >= newestSchema) process.exit(0);

const require = createRequire(import.meta.url);
const cli = join(dirname(require.resolve('prisma/package.json')), 'build/index.js');
// Any existing file satisfies the CLI's look-up; Node's own binary exists on every platform.
const result = spawnSync(process.execPath, [cli, 'generate', '--no-hints'], {
  cwd: root,
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
  encoding: 'utf8',
});
if (result.status !== 0) {
  process.stderr.write(`${result.stdout}\n${result.stderr}\n`);
  process.stderr.write('The Prisma client could not be generated; see the message above.\n');
  process.exit(1);
}
