import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { claimSql } from './schema-claim';
import { commitSql } from './schema-commit';
import { createSql } from './schema-create';
import { tablesSql } from './schema-tables';
import { upkeepSql } from './schema-upkeep';

/**
 * Statements that upgrade a schema from the previous version; a fresh one is created complete. Add
 * a statement here with each change to a table.
 */
const upgrades: Record<number, string> = {
  2: "ALTER TABLE run ADD COLUMN event_name text NOT NULL DEFAULT ''",
  3: 'ALTER TABLE run ADD COLUMN again_as text',
  4: `DROP INDEX run_ended;
    DROP FUNCTION claim_with_runs;
    ALTER TABLE dedup ALTER COLUMN key TYPE uuid
      USING encode(substring(sha256(convert_to(key, 'UTF8')) FROM 1 FOR 16), 'hex')::uuid`,
};
const schemaVersion = 4;

/**
 * Creates or updates the engine's schema. Safe to run concurrently: an advisory lock admits one
 * process, and every statement is idempotent.
 * @throws Error if the schema was made by a newer version.
 */
export async function migrate(databaseUrl: string, schema: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const lock = createHash('sha256').update(`engine:${schema}`).digest().readInt32BE(0);
  try {
    await client.query('SELECT pg_advisory_lock(7300, $1)', [lock]);
    await client.query('BEGIN');
    await client.query(`SET LOCAL client_min_messages = warning`);
    await client.query(`CREATE SCHEMA IF NOT EXISTS "${schema}"`);
    await client.query(`SET LOCAL search_path = "${schema}"`);
    const version = await readVersion(client, schema);
    if (version > schemaVersion) {
      throw new Error(
        `The schema "${schema}" has version ${version}, which is newer than this engine's ${schemaVersion}. Start the newer release.`,
      );
    }
    for (let next = version + 1; version > 0 && next <= schemaVersion; next += 1) {
      await client.query(upgrades[next] ?? '');
    }
    await client.query(tablesSql);
    await client.query(claimSql);
    await client.query(commitSql);
    await client.query(createSql);
    await client.query(upkeepSql);
    await client.query(
      'INSERT INTO meta (schema_version) VALUES ($1) ON CONFLICT (id) DO UPDATE SET schema_version = $1',
      [schemaVersion],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    await client.end();
  }
}

/** The schema's version, 0 if it is new. */
async function readVersion(client: Client, schema: string): Promise<number> {
  const table = await client.query<{ found: boolean }>(
    'SELECT to_regclass($1) IS NOT NULL AS found',
    [`"${schema}".meta`],
  );
  if (!table.rows[0]?.found) return 0;
  const { rows } = await client.query<{ schema_version: number }>(
    'SELECT schema_version FROM meta',
  );
  return rows[0]?.schema_version ?? 0;
}
