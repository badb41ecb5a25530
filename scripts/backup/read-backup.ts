import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import copy from 'pg-copy-streams';
import { connectTo } from '@/prisma/connect';
import { deploy, readMigrations } from '@/prisma/migrate';
import { migrate as migrateEngine } from '@/server/embedded/engine/migrate';
import { type ArchiveEntry, readArchive, textOf } from './archive';
import { type End, FORMAT, keyOf, type Manifest, type Table } from './contents';
import { suspendChecks } from './suspend-checks';
import { hasTable, target } from './write-backup';

/** A backup's contents other than the tables. */
export interface RestoredBackup {
  manifest: Manifest;
  /** Row counts of each table, by `schema.name`. */
  rows: End['rows'];
}

/** Receives a backup's manifest and the files of its data folder, before any table is written. */
export interface Restoration {
  databaseUrl: string;
  /** May reject the backup by throwing. `files` are those of the data folder, by name. */
  onManifest(manifest: Manifest, files: ReadonlyMap<string, string>): Promise<void> | void;
}

/**
 * Restores a backup into an unused database: first the schema that the backup was made with, then
 * the data in one transaction, then newer migrations. Every foreign key is checked.
 * @throws Error if the file is damaged or of a newer version, or the database is in use; a failed
 * restore leaves no data in the database.
 */
export async function readBackup(path: string, restoration: Restoration): Promise<RestoredBackup> {
  const entries = readArchive(path);
  try {
    return await readEntries(path, entries, restoration);
  } finally {
    await entries.return(undefined);
  }
}

async function readEntries(
  path: string,
  entries: AsyncGenerator<ArchiveEntry>,
  restoration: Restoration,
): Promise<RestoredBackup> {
  const first = await entries.next();
  if (first.done || first.value.name !== 'manifest.json') {
    throw new Error(`${path} is not a backup of HumanRail.`);
  }
  const manifest = checkManifest(JSON.parse(await textOf(first.value.content)) as Manifest);
  const files = new Map<string, string>();
  let next = await entries.next();
  for (; !next.done && next.value.name.startsWith('data-folder/'); next = await entries.next()) {
    files.set(next.value.name.slice('data-folder/'.length), await textOf(next.value.content));
  }
  const { databaseUrl } = restoration;
  const client = await connectTo(databaseUrl);
  try {
    await refuseUsed(client, manifest);
    await restoration.onManifest(manifest, files);
    await deploy(databaseUrl, { only: manifest.migrations.map(({ name }) => name) });
    if (manifest.engine !== null) await migrateEngine(databaseUrl, 'engine');
    const rows = await loadTables(client, path, manifest, next, entries);
    await deploy(databaseUrl);
    await client.query('ANALYZE');
    return { manifest, rows };
  } finally {
    await client.end();
  }
}

function checkManifest(manifest: Manifest): Manifest {
  if (manifest.product !== 'humanrail' || manifest.format !== FORMAT) {
    throw new Error(
      'This backup has a form that this version does not read; restore it with the version that wrote it.',
    );
  }
  const ours = new Map(readMigrations().map(({ name, checksum }) => [name, checksum]));
  const unknown = manifest.migrations.find(({ name, checksum }) => ours.get(name) !== checksum);
  if (unknown) {
    throw new Error(
      `This backup was made by version ${manifest.version}, whose database this version does not know (migration ${unknown.name}); restore it with version ${manifest.version} or a newer one.`,
    );
  }
  return manifest;
}

/** A database that was only migrated counts as unused, so that a failed restore can be retried. */
async function refuseUsed(client: pg.Client, manifest: Manifest): Promise<void> {
  if (!(await hasTable(client, 'public._prisma_migrations'))) return;
  const expected = new Set(manifest.migrations.map(({ name }) => name));
  const { rows } = await client.query<{ migration_name: string }>(
    'SELECT migration_name FROM _prisma_migrations',
  );
  const isInUse =
    (await hasTable(client, 'public.organizations')) &&
    (await client.query('SELECT 1 FROM organizations LIMIT 1')).rowCount;
  if (isInUse || rows.some(({ migration_name }) => !expected.has(migration_name))) {
    throw new Error(
      'This database is in use already, and a restore would replace what is in it; restore into an empty database (another DATA_DIR, or another DATABASE_URL).',
    );
  }
}

async function loadTables(
  client: pg.Client,
  path: string,
  manifest: Manifest,
  begin: IteratorResult<ArchiveEntry>,
  entries: AsyncGenerator<ArchiveEntry>,
): Promise<End['rows']> {
  await client.query('BEGIN');
  const checks = await suspendChecks(client, manifest.tables);
  for (const { schema, name } of manifest.tables) {
    await client.query(`DELETE FROM ${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`);
  }
  const tables = new Map(manifest.tables.map((table) => [keyOf(table), table]));
  const rows: End['rows'] = Object.fromEntries(manifest.tables.map((table) => [keyOf(table), 0]));
  let end: End | undefined;
  for (let next = begin; !next.done && !end; ) {
    const { name } = next.value;
    if (name === 'end.json') {
      end = JSON.parse(await textOf(next.value.content)) as End;
      break;
    }
    const key = name.split('/')[1] ?? '';
    const table = tables.get(key);
    if (!table) throw new Error(`${path} has ${name}, which its manifest does not list.`);
    const loaded = await loadTable(client, table, next.value, entries);
    rows[key] = loaded.rows;
    next = loaded.next;
  }
  const short =
    end === undefined || Object.entries(end.rows).some(([key, count]) => rows[key] !== count);
  if (short) throw new Error(`${path} is truncated or damaged; nothing was restored.`);
  for (const { schema, name, value, isCalled } of manifest.sequences) {
    const sequence = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
    await client.query('SELECT setval($1::regclass, $2::bigint, $3)', [sequence, value, isCalled]);
  }
  await checks.restore();
  await client.query('COMMIT');
  return rows;
}

/** Loads every part of one table; `next` is the entry after them. */
async function loadTable(
  client: pg.Client,
  table: Table,
  begin: ArchiveEntry,
  entries: AsyncGenerator<ArchiveEntry>,
): Promise<{ rows: number; next: IteratorResult<ArchiveEntry> }> {
  const prefix = `tables/${keyOf(table)}/`;
  const stream = client.query(copy.from(`COPY ${target(table)} FROM STDIN`));
  let next: IteratorResult<ArchiveEntry> = { done: false, value: begin };
  async function* parts() {
    for (; !next.done && next.value.name.startsWith(prefix); next = await entries.next()) {
      yield* next.value.content;
    }
  }
  await pipeline(parts, stream);
  return { rows: stream.rowCount, next };
}
