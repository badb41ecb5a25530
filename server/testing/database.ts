import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { useDatabase } from '@/server/platform/db';
import { flushRefusals } from '@/server/platform/rate-limit';

/** Cloning requires exclusive access to the template, so concurrent test files queue here. */
const CLONE_LOCK = 7_170_727;

/**
 * Gives the test file that calls it, at its top level, an empty database with every migration
 * applied, and points `platform/db` at it; the database is dropped after the last test. Returns a
 * handle whose `url()` is the connection string, for code that opens its own connection.
 */
export function useTestDatabase(): { url(): string } {
  const name = `humanrail_t_${randomBytes(6).toString('hex')}`;
  const adminUrl = inject('adminUrl');
  const own = new URL(adminUrl);
  own.pathname = `/${name}`;
  let release: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    await asAdmin(adminUrl, async (client) => {
      await client.query('SELECT pg_advisory_lock($1)', [CLONE_LOCK]);
      // Copying files is faster than WAL-logging each block, and the test's server need not be
      // durable.
      await client.query(
        `CREATE DATABASE ${name} TEMPLATE ${inject('templateDatabase')} STRATEGY FILE_COPY`,
      );
    });
    release = await useDatabase(own.href);
  });

  afterAll(async () => {
    await flushRefusals();
    await release?.();
    await asAdmin(adminUrl, (client) =>
      client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
    );
  });

  return { url: () => own.href };
}

async function asAdmin(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
