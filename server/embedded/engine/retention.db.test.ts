import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { limits } from './limits';
import { deleteOld } from './retention';
import { TestBed } from './suite/test-bed';

let bed: TestBed;
const now = Date.now();
beforeEach(async () => {
  bed = new TestBed(inject('adminUrl'));
  const engine = await bed.engine();
  await engine.stop();
});
afterEach(() => bed.close());

/** Runs that ended one millisecond apart until `endedMs`, each with a step and an event. */
const insertRuns = (count: number, endedMs: number, status: string) =>
  bed.db.query(
    `WITH n AS (SELECT n, $4 || $2::text || n AS id, $2::bigint - n AS ms FROM generate_series(1, $1) n),
       runs AS (INSERT INTO run (id, fn_id, event_name, events, created_at, run_at, score, max_attempts,
         status, ended_at) SELECT id, 'f', 'go', ARRAY['{}'], ms, ms, ms, 1, $3, ms FROM n),
       steps AS (INSERT INTO step (run_id, id, op, done, created_at) SELECT id, 's', 'StepRun', true, ms FROM n)
     INSERT INTO event (id, name, ts, received_at, body) SELECT id, 'go', ms, ms, '{}' FROM n`,
    [count, endedMs, status, status.slice(0, 1)],
  );

const count = async (table: string, where = 'true') => {
  const { rows } = await bed.db.query<{ n: number }>(
    `SELECT count(*) AS n FROM ${table} WHERE ${where}`,
  );
  return rows[0]?.n;
};

test('one pass deletes all that is old, however much it is', async () => {
  const old = now - limits.retentionMs - 60_000;
  await insertRuns(5_500, old, 'completed');
  await insertRuns(1_200, old, 'failed');
  await insertRuns(10, now - 60_000, 'completed');
  await bed.db.query(
    `INSERT INTO dedup SELECT md5(n::text)::uuid, CASE WHEN n <= 3000 THEN $1::bigint - 1 ELSE $1::bigint + 1 END
     FROM generate_series(1, 3010) n`,
    [now],
  );
  expect(await deleteOld(bed.db, now)).toBe(true);
  expect(await count('run')).toBe(10);
  expect(await count('step')).toBe(10);
  expect(await count('event')).toBe(10);
  expect(await count('dedup')).toBe(10);
  expect(await deleteOld(bed.db, now)).toBe(false);
});

test('of completed runs the newest are kept, and none goes within minutes; failures stay', async () => {
  await insertRuns(2_000, now - limits.keptMs - 60_000, 'completed');
  await insertRuns(50, now - limits.keptMs - 3_600_000, 'failed');
  await insertRuns(limits.completedKept - 100, now, 'completed');
  await deleteOld(bed.db, now);
  const stay = limits.completedKept + 1;
  expect(await count('run', "status = 'completed'")).toBe(stay);
  expect(await count('run', "status = 'failed'")).toBe(50);

  await insertRuns(3_000, now + 1, 'completed');
  await deleteOld(bed.db, now);
  expect(await count('run', `ended_at > ${now - limits.keptMs}`)).toBe(
    limits.completedKept - 100 + 3_000,
  );
});

test('an event that was not fanned out yet is kept', async () => {
  await insertRuns(1, now - limits.retentionMs - 60_000, 'completed');
  await bed.db.query('INSERT INTO inbox (event_id) SELECT id FROM event');
  await deleteOld(bed.db, now);
  expect(await count('run')).toBe(0);
  expect(await count('event')).toBe(1);
});
