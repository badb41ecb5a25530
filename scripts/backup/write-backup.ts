import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import copy from 'pg-copy-streams';
import { connectTo } from '@/prisma/connect';
import { writeArchive } from './archive';
import {
  type End,
  FORMAT,
  fingerprint,
  keyOf,
  type Manifest,
  SCHEMAS,
  SECRET_FILES,
  type Table,
  WRITTEN_BY_MIGRATIONS,
} from './contents';

export interface BackupSource {
  databaseUrl: string;
  dataDir: string;
  /** The current secret. */
  secret: string;
  /** Version of the product. */
  version: string;
}

/**
 * Writes all data of an instance to one new file: the database at one point in time, which may be
 * in full use, and the secrets of the data folder. Returns the row counts of each table.
 * @throws Error if the file exists or cannot be written; nothing is left of it then.
 */
export async function writeBackup(path: string, source: BackupSource): Promise<End> {
  if (existsSync(path))
    throw new Error(`${path} already exists; choose another file, or remove it.`);
  const half = `${path}.partial`;
  rmSync(half, { force: true });
  const client = await connectTo(source.databaseUrl);
  const archive = writeArchive(half);
  try {
    // One snapshot for every table; it blocks no writes.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const manifest = await makeManifest(client, source);
    await archive.add('manifest.json', JSON.stringify(manifest, null, 2));
    for (const name of SECRET_FILES) {
      const file = join(source.dataDir, name);
      if (!existsSync(file)) continue;
      const content = readFileSync(file, 'utf8');
      // A secret file overridden by APP_SECRET would be misleading.
      if (name === 'secret' && content.trim() !== source.secret) continue;
      await archive.add(`data-folder/${name}`, content);
    }
    const rows: End['rows'] = {};
    for (const table of manifest.tables) {
      const stream = client.query(copy.to(`COPY ${target(table)} TO STDOUT`));
      await archive.addStream(`tables/${keyOf(table)}`, stream);
      rows[keyOf(table)] = stream.rowCount;
    }
    const end: End = { rows };
    await archive.add('end.json', JSON.stringify(end, null, 2));
    await archive.finish();
    renameSync(half, path);
    return end;
  } catch (error) {
    await archive.abandon();
    rmSync(half, { force: true });
    throw error;
  } finally {
    await client.end();
  }
}

/** A table with its columns, in COPY syntax. */
export function target({ schema, name, columns }: Table): string {
  const list = columns.map(pg.escapeIdentifier).join(', ');
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)} (${list})`;
}

async function makeManifest(client: pg.Client, source: BackupSource): Promise<Manifest> {
  if (!(await hasTable(client, 'public._prisma_migrations'))) {
    throw new Error('This database contains no HumanRail data.');
  }
  const { rows: migrations } = await client.query<Manifest['migrations'][number]>(
    'SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1',
  );
  const { rows: version } = await client.query<{ number: string }>(
    "SELECT current_setting('server_version_num') AS number",
  );
  return {
    product: 'humanrail',
    format: FORMAT,
    version: source.version,
    createdAt: new Date().toISOString(),
    postgres: Number(version[0]?.number),
    migrations,
    engine: await engineVersion(client),
    tables: await listTables(client),
    sequences: await listSequences(client),
    secretFingerprint: fingerprint(source.secret),
  };
}

/** Whether the table exists, by `schema.name`. */
export async function hasTable(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    'SELECT to_regclass($1) IS NOT NULL AS found',
    [name],
  );
  return rows[0]?.found === true;
}

async function engineVersion(client: pg.Client): Promise<number | null> {
  if (!(await hasTable(client, 'engine.meta'))) return null;
  const { rows } = await client.query<{ version: number }>(
    'SELECT schema_version AS version FROM engine.meta',
  );
  return rows[0]?.version ?? null;
}

async function listTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `SELECT n.nspname AS schema, c.relname AS name,
            array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attgenerated = '') AS columns
       FROM pg_class c
       JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relkind = 'r' AND n.nspname = ANY($1)
      GROUP BY 1, 2 ORDER BY 1 DESC, 2`,
    [SCHEMAS],
  );
  return rows.filter((table) => !WRITTEN_BY_MIGRATIONS.has(keyOf(table)));
}

/** A sequence is at worst ahead of the snapshot, which leaves a gap. */
async function listSequences(client: pg.Client): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    'SELECT schemaname AS schema, sequencename AS name FROM pg_sequences WHERE schemaname = ANY($1) ORDER BY 1, 2',
    [SCHEMAS],
  );
  const sequences = [];
  for (const { schema, name } of rows) {
    const state = await client.query<{ value: string; isCalled: boolean }>(
      `SELECT last_value::text AS value, is_called AS "isCalled" FROM ${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`,
    );
    const [now] = state.rows;
    if (now) sequences.push({ schema, name, ...now });
  }
  return sequences;
}
