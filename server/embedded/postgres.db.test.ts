import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { type RunningPostgres, startPostgres } from './postgres';

const dataDir = mkdtempSync(join(tmpdir(), 'humanrail-postgres-'));
let server: RunningPostgres | undefined;

afterAll(async () => {
  await server?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function query(url: string, sql: string): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

it('keeps what was committed through kill -9, and takes over a server that still runs', async () => {
  const first = await startPostgres({ dataDir });
  server = first;
  await query(first.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)');

  const second = await startPostgres({ dataDir });
  expect(second.pid).toBe(first.pid);
  expect(second.url).toBe(first.url);

  process.kill(first.pid, 'SIGKILL');
  server = await startPostgres({ dataDir, port: first.port });
  expect(server.pid).not.toBe(first.pid);
  expect(await query(server.url, 'SELECT n FROM kept')).toEqual([[1]]);
}, 60_000);

it('refuses who does not know the password, which only the owner can read', async () => {
  const url = new URL((await startPostgres({ dataDir })).url);
  url.password = 'guess';
  await expect(query(url.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  expect(statSync(join(dataDir, 'password')).mode & 0o777).toBe(0o600);
});

it('logs slow and failed statements without their parameters', async () => {
  const logFile = join(dataDir, 'postgres.log');
  const client = new pg.Client({ connectionString: (await startPostgres({ dataDir })).url });
  await client.connect();
  await client.query("SET log_min_duration_statement = '1ms'");
  await client.query('SELECT pg_sleep(0.05), $1::text AS slow_statement', ['payload-of-a-task']);
  await expect(
    client.query('SELECT $1::text::int AS failed_statement', ['answer-of-a-worker']),
  ).rejects.toThrow();
  await client.end();
  const logged = () => readFileSync(logFile, 'utf8');
  await expect.poll(logged).toContain('failed_statement');
  expect(logged()).toContain('slow_statement');
  expect(logged()).not.toContain('payload-of-a-task');
  expect(logged()).not.toMatch(/parameters: .*answer-of-a-worker/);
});

it('says which port is in use when it is to have that one', async () => {
  const rival = createServer();
  await new Promise<void>((resolve) => rival.listen(0, '127.0.0.1', resolve));
  const { port } = rival.address() as { port: number };
  const folder = join(dataDir, 'other');
  await expect(startPostgres({ dataDir: folder, port })).rejects.toThrow(
    new RegExp(`^Port ${port} is in use by another program`),
  );
  rival.close();
});

it('says so when the folder cannot be made', async () => {
  const file = join(dataDir, 'a-file');
  writeFileSync(file, '');
  const folder = join(file, 'postgres');
  await expect(startPostgres({ dataDir: folder })).rejects.toThrow(
    `The folder ${folder} cannot be written; make it writable`,
  );
});
