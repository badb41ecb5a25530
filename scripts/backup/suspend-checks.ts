import pg from 'pg';
import type { Table } from './contents';

/** Foreign keys and triggers disabled while tables are filled in any order. */
export interface SuspendedChecks {
  /** Re-enables them; the foreign keys are checked again. */
  restore(): Promise<void>;
}

/**
 * Disables checks that would reject rows loaded table by table, like `pg_restore`. Works within a
 * transaction, with only a table owner's rights.
 */
export async function suspendChecks(
  client: pg.Client,
  tables: readonly Table[],
): Promise<SuspendedChecks> {
  const nameOf = ({ schema, name }: Pick<Table, 'schema' | 'name'>) =>
    `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
  const { rows: keys } = await client.query<{ table: string; name: string; definition: string }>(
    `SELECT c.conrelid::regclass::text AS table, c.conname AS name, pg_get_constraintdef(c.oid) AS definition
       FROM pg_constraint c
       JOIN pg_class t ON t.oid = c.conrelid
       JOIN pg_namespace n ON n.oid = t.relnamespace
       JOIN unnest($1::text[], $2::text[]) AS wanted (schema, name)
         ON wanted.schema = n.nspname AND wanted.name = t.relname
      WHERE c.contype = 'f'`,
    [tables.map(({ schema }) => schema), tables.map(({ name }) => name)],
  );
  for (const { table, name } of keys) {
    await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${pg.escapeIdentifier(name)}`);
  }
  for (const table of tables) {
    await client.query(`ALTER TABLE ${nameOf(table)} DISABLE TRIGGER USER`);
  }
  return {
    async restore() {
      for (const table of tables) {
        await client.query(`ALTER TABLE ${nameOf(table)} ENABLE TRIGGER USER`);
      }
      for (const { table, name, definition } of keys) {
        await client.query(
          `ALTER TABLE ${table} ADD CONSTRAINT ${pg.escapeIdentifier(name)} ${definition}`,
        );
      }
    },
  };
}
