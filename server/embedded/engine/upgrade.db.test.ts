import { randomBytes } from 'node:crypto';
import { afterEach, expect, inject, test } from 'vitest';
import { type Database, openDatabase } from './database';
import { denseKey } from './ids';
import { migrate } from './migrate';

const schema = `engine_t_${randomBytes(5).toString('hex')}`;
let db: Database;
afterEach(async () => {
  await db.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
  await db.close();
});

test('a schema of the version before keeps what counted as sent already', async () => {
  db = openDatabase(inject('adminUrl'), schema, 1);
  await migrate(inject('adminUrl'), schema);
  // Version 3's equivalent of what version 4 adds.
  await db.query(`DROP TABLE dedup; CREATE TABLE dedup (key text PRIMARY KEY, expires_at bigint NOT NULL);
    CREATE INDEX run_ended ON run (ended_at) WHERE ended_at IS NOT NULL;
    CREATE FUNCTION claim_with_runs() RETURNS int LANGUAGE sql AS 'SELECT 1';
    UPDATE meta SET schema_version = 3`);
  await db.query("INSERT INTO dedup VALUES ('id:app-f:ü', 7)");
  await migrate(inject('adminUrl'), schema);
  const { rows } = await db.query('SELECT key, expires_at FROM dedup');
  expect(rows).toEqual([{ key: denseKey('id:app-f:ü'), expires_at: 7 }]);
});
