import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { connectTo } from './connect';
import { diffSchemas } from './schema-diff';

const folder = fileURLToPath(new URL('.', import.meta.url));
const MIGRATIONS = join(folder, 'migrations');
/** The schema as of the newest migration, which the next one is compared with. */
const SNAPSHOT = join(MIGRATIONS, 'schema-snapshot.prisma');
/** Any constant will do, as long as nothing else takes the same advisory lock. */
const LOCK = 7_170_726;

/** Prisma's own table, so that its tools can read what was applied. */
const TABLE = `
CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/**
 * Applies every migration the database lacks, oldest first, and returns their names. Each runs in
 * one transaction with its own record, so a kill at any instant leaves it either done or not begun.
 * Processes that start together wait for each other. `only` leaves out all but these.
 * @throws Error naming the migration that failed, or one whose file changed after it was applied.
 */
export async function deploy(
  databaseUrl: string,
  { only }: { only?: readonly string[] } = {},
): Promise<string[]> {
  const client = await connectTo(databaseUrl);
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await client.query(TABLE);
    const all = await findPending(client);
    const pending = all.filter(({ name }) => only === undefined || only.includes(name));
    for (const migration of pending) await apply(client, migration);
    return pending.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

async function findPending(client: pg.Client): Promise<Migration[]> {
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]));
  const all = readMigrations();
  const edited = all.find(({ name, checksum }) => (applied.get(name) ?? checksum) !== checksum);
  if (edited) {
    throw new Error(
      `Migration ${edited.name} was changed after this database applied it; put the file back as it was and make the change in a new migration (npm run migrate -- new NAME).`,
    );
  }
  return all.filter(({ name }) => !applied.has(name));
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(sql);
    await client.query(
      'INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), clock_timestamp(), 1)',
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw new Error(
      `Migration ${name} failed and was rolled back: ${(error as Error).message}. Mend prisma/migrations/${name}/migration.sql and start again.`,
      { cause: error },
    );
  }
}

/** The migrations that this version comes with, oldest first. */
export function readMigrations(): Migration[] {
  if (!existsSync(MIGRATIONS)) return [];
  return readdirSync(MIGRATIONS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(MIGRATIONS, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

/** The whole schema as one text, its files in the order of their names. */
function readSchema(): string {
  const schema = join(folder, 'schema');
  return readdirSync(schema)
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => `// ${name}\n${readFileSync(join(schema, name), 'utf8').trim()}\n`)
    .join('\n');
}

/** The SQL from the newest migration's schema to the one on disk; empty when they agree. */
async function pendingSql(): Promise<string> {
  const before = existsSync(SNAPSHOT) ? readFileSync(SNAPSHOT, 'utf8') : undefined;
  const sql = await diffSchemas(
    before === undefined ? undefined : [{ path: 'schema.prisma', content: before }],
    [{ path: 'schema.prisma', content: readSchema() }],
  );
  return /^\s*(--[^\n]*)?\s*$/.test(sql) ? '' : sql;
}

/**
 * Writes a migration from the newest one's schema to the schema on disk and returns its file. With
 * nothing changed it writes an empty one, for SQL that Prisma has no words for. The file is meant
 * to be read and edited before it is committed.
 * @throws Error when the name is not lower-case words joined by `_`.
 */
export async function createMigration(name: string, now: Date): Promise<string> {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new Error(`Name a migration in lower case, words joined by _ (got "${name}").`);
  }
  const sql = await pendingSql();
  const stamp = now.toISOString().replace(/\D/g, '').slice(0, 14);
  const target = join(MIGRATIONS, `${stamp}_${name}`);
  mkdirSync(target, { recursive: true });
  const file = join(target, 'migration.sql');
  writeFileSync(file, sql || '-- The schema did not change; write the SQL here.\n');
  writeFileSync(SNAPSHOT, readSchema());
  writeFileSync(
    join(MIGRATIONS, 'migration_lock.toml'),
    '# Read by Prisma\'s own tools.\nprovider = "postgresql"\n',
  );
  return file;
}

async function main([command, argument]: string[]): Promise<void> {
  if (command === 'deploy') {
    const url = argument ?? process.env.DATABASE_URL;
    if (!url) throw new Error('Set DATABASE_URL, or give the address after deploy.');
    const names = await deploy(url);
    console.log(names.length > 0 ? `Applied ${names.join(', ')}.` : 'Nothing to apply.');
  } else if (command === 'new' && argument) {
    console.log(`Wrote ${await createMigration(argument, new Date())}; read it before committing.`);
  } else if (command === 'check') {
    if ((await pendingSql()) !== '') {
      throw new Error(
        'The schema has changes without a migration; run npm run migrate -- new NAME.',
      );
    }
    console.log('Every change of the schema has its migration.');
  } else {
    throw new Error('Usage: npm run migrate -- deploy [DATABASE_URL] | new NAME | check');
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
