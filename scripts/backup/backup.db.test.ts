import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { seed } from '@/prisma/seed';
import { migrate as migrateEngine } from '@/server/embedded/engine/migrate';
import { reconcile } from '@/server/features/ledger';
import { db, useDatabase } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { fingerprint } from './contents';
import { readBackup } from './read-backup';
import { writeBackup } from './write-backup';

const source = useTestDatabase();
const folder = mkdtempSync(join(tmpdir(), 'humanrail-backup-'));
const file = join(folder, 'backup.tar.gz');
const SECRET = 's'.repeat(40);
const made: string[] = [];

beforeAll(async () => {
  await seed();
  await migrateEngine(source.url(), 'engine');
  writeFileSync(join(folder, 'secret'), `${SECRET}\n`);
  await db.skill.create({ data: { name: 'odd_texts', description: 'a\tb\\N\n“ü” \\. \r\n' } });
  await query(source.url(), "INSERT INTO engine.inbox (event_id) VALUES ('a'), ('b'), ('c')");
  await back();
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  for (const name of made) await query(inject('adminUrl'), `DROP DATABASE ${name} WITH (FORCE)`);
});

const back = (path = file) =>
  writeBackup(path, {
    databaseUrl: source.url(),
    dataDir: folder,
    secret: SECRET,
    version: '9.9.9',
  });

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** An empty database, optionally with every migration applied. */
async function emptyDatabase({ migrated = false } = {}): Promise<string> {
  const name = `humanrail_r_${randomBytes(6).toString('hex')}`;
  await query(
    inject('adminUrl'),
    migrated
      ? `CREATE DATABASE ${name} TEMPLATE ${inject('templateDatabase')}`
      : `CREATE DATABASE ${name}`,
  );
  made.push(name);
  const url = new URL(inject('adminUrl'));
  url.pathname = `/${name}`;
  return url.href;
}

const restore = (databaseUrl: string, path = file) =>
  readBackup(path, { databaseUrl, onManifest: () => undefined });

/** What a restore must recover other than row counts, with all rows of two tables. */
async function stateOf(url: string) {
  return {
    constraints: await query(
      url,
      `SELECT conrelid::regclass::text AS table, conname, pg_get_constraintdef(oid) AS definition
         FROM pg_constraint WHERE connamespace::regnamespace::text IN ('public', 'engine') ORDER BY 1, 2`,
    ),
    triggers: await query(
      url,
      'SELECT tgrelid::regclass::text AS table, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2',
    ),
    skills: await query(url, 'SELECT * FROM skills ORDER BY name'),
    entries: await query(url, 'SELECT * FROM entries ORDER BY id'),
    sequence: await query(url, "SELECT nextval('engine.inbox_seq_seq')"),
  };
}

it('brings every row, key, trigger and sequence back into an empty database', async () => {
  const url = await emptyDatabase();
  let files: ReadonlyMap<string, string> | undefined;
  const { manifest, rows } = await readBackup(file, {
    databaseUrl: url,
    onManifest: (_, given) => {
      files = given;
    },
  });
  expect(files).toEqual(new Map([['secret', `${SECRET}\n`]]));
  expect(manifest).toMatchObject({ version: '9.9.9', secretFingerprint: fingerprint(SECRET) });
  expect(rows).toMatchObject({
    'public.organizations': 1,
    'public.workers': 25,
    'engine.inbox': 3,
  });
  expect(await stateOf(url)).toEqual(await stateOf(source.url()));

  const release = await useDatabase(url);
  try {
    expect(await reconcile()).toMatchObject({ ok: true, postings: 2 });
    await expect(db.$executeRaw`DELETE FROM entries`).rejects.toThrow('append-only');
  } finally {
    await release();
  }
});

it('holds the secrets of the instance, for its owner alone', () => {
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(readFileSync(file).includes(SECRET)).toBe(false);
});

it('keeps nothing of a file that is cut short, and takes the whole one afterwards', async () => {
  const url = await emptyDatabase({ migrated: true });
  const cut = join(folder, 'cut.tar.gz');
  writeFileSync(cut, readFileSync(file).subarray(0, statSync(file).size - 2_000));
  await expect(restore(url, cut)).rejects.toThrow(
    /is not a complete backup|is truncated or damaged/,
  );
  expect(await query(url, 'SELECT count(*)::int FROM users')).toEqual([{ count: 0 }]);
  expect((await restore(url)).rows['public.users']).toBe(3);
});

it('replaces no data of a database in use, and no file', async () => {
  await expect(restore(source.url())).rejects.toThrow('This database is in use already');
  await expect(back()).rejects.toThrow('already exists');
});

it('leaves nothing where it fails', async () => {
  const path = join(folder, 'none/backup.tar.gz');
  await expect(back(path)).rejects.toThrow('no such file or directory');
  const other = join(folder, 'other.tar.gz');
  const nothing = await emptyDatabase();
  await expect(
    writeBackup(other, { databaseUrl: nothing, dataDir: folder, secret: SECRET, version: '1.0.0' }),
  ).rejects.toThrow('no HumanRail data');
  expect([other, `${other}.partial`].filter((each) => existsSync(each))).toEqual([]);
});
