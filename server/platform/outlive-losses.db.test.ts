import { expect, it } from 'vitest';
import { useTestDatabase } from '@/server/testing/database';
import { db, pool } from './db';

useTestDatabase();

it('outlives a connection that Postgres ends while it is in use, and replaces it', async () => {
  const client = await pool().connect();
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
  const lost = new Promise<void>((resolve) => client.once('end', resolve));
  // Between two statements: without a listener, the loss would end the process.
  await db.$queryRaw`SELECT pg_terminate_backend(${rows[0].pid}::int)`;
  await lost;
  await expect(client.query('SELECT 1')).rejects.toThrow();
  client.release(true);
  expect((await pool().query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});
