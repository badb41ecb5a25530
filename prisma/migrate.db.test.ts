import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { db, Prisma } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { deploy } from './migrate';

const database = useTestDatabase();

const names = readdirSync(fileURLToPath(new URL('migrations', import.meta.url)), {
  withFileTypes: true,
})
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database.url() });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('migrations', () => {
  it('give every model its table and every field its column', async () => {
    for (const model of Object.values(Prisma.ModelName)) {
      const property = model.charAt(0).toLowerCase() + model.slice(1);
      const delegate = Reflect.get(db, property) as { findFirst(): Promise<unknown> };
      await expect(delegate.findFirst(), model).resolves.toBeNull();
    }
  });

  it('are recorded as Prisma records them, and applied once only', async () => {
    expect(await deploy(database.url())).toEqual([]);
    const rows = await query(
      'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1',
    );
    expect(rows.map((row) => row.migration_name)).toEqual(names);
  });

  it('are applied once when two processes start together on an empty database', async () => {
    await query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    const [first, second] = await Promise.all([deploy(database.url()), deploy(database.url())]);
    expect([...first, ...second]).toEqual(names);
  });

  it('are refused when a file changed after it was applied', async () => {
    await query(`UPDATE _prisma_migrations SET checksum = 'other'`);
    await expect(deploy(database.url())).rejects.toThrow(
      /was changed after this database applied it/,
    );
  });
});
