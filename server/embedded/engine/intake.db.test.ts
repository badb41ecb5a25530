import { Client } from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { TestBed } from './suite/test-bed';

let bed: TestBed;
let ran: unknown[];
beforeEach(() => {
  bed = new TestBed(inject('adminUrl'));
  ran = [];
});
afterEach(() => bed.close());

const start = async () => {
  const engine = await bed.engine();
  const { client } = await bed.app(engine, (inngest) => [
    inngest.createFunction({ id: 'f', triggers: [{ event: 'go' }] }, ({ event }) => {
      ran.push(event.data.n);
    }),
    inngest.createFunction({ id: 'g', triggers: [{ event: 'late' }] }, ({ event }) => {
      ran.push(event.data.n);
    }),
  ]);
  return { engine, client };
};

const go = (n: number, id?: string) => ({ name: 'go', data: { n }, ...(id ? { id } : {}) });

test('events of one id start one run, in one request and in several, whatever comes with them', async () => {
  const { engine, client } = await start();
  await client.send([go(1, 'a'), go(2, 'b')]);
  await client.send([go(3, 'a'), go(4)]);
  await client.send([go(5, 'c'), go(6, 'c')]);
  await engine.drain();
  expect([...ran].sort()).toEqual([1, 2, 4, 5]);
});

test('an event does not overtake those that wait to be fanned out', async () => {
  const { engine, client } = await start();
  const other = new Client({ connectionString: inject('adminUrl') });
  await other.connect();
  try {
    // The holder of this lock starts runs; events arriving meanwhile must queue.
    await other.query('SELECT pg_advisory_lock(7302, hashtext($1))', [`${bed.schema}starts`]);
    for (let n = 1; n <= 3; n += 1) await client.send(go(n));
    const { rows } = await bed.db.query('SELECT 1 FROM inbox');
    expect(rows).toHaveLength(3);
    expect(await bed.statuses()).toEqual([]);
  } finally {
    await other.end();
  }
  await client.send(go(4));
  await engine.drain();
  const { rows } = await bed.db.query<{ n: number }>(
    "SELECT (events[1]::json->'data'->>'n')::int AS n FROM run ORDER BY id",
  );
  expect(rows.map((row) => row.n)).toEqual([1, 2, 3, 4]);
  expect(ran).toHaveLength(4);
});

test('what an event starts follows a registration by another process at once', async () => {
  const [one, two] = await Promise.all([bed.engine(), bed.engine()]);
  const define = (name: string) => (inngest: Parameters<Parameters<TestBed['app']>[1]>[0]) => [
    inngest.createFunction({ id: 'f', triggers: [{ event: name }] }, ({ event }) => {
      ran.push(event.data.n);
    }),
  ];
  const { client } = await bed.app(one, define('go'));
  await client.send(go(1));
  await one.drain();
  await bed.app(two, define('late'));
  // The first engine has not re-read the registry yet.
  await client.send([go(2)]);
  await client.send([{ name: 'late', data: { n: 3 } }]);
  await Promise.all([one.drain(), two.drain()]);
  expect(ran).toEqual([1, 3]);
});

test('an event of a later time starts its run then, not at the next poll', async () => {
  const { client } = await start();
  const due = Math.ceil(Date.now() / 1_000) * 1_000 + 1_300;
  await client.send({ name: 'late', data: { n: 1 }, ts: due });
  await expect.poll(() => ran, { timeout: 6_000, interval: 5 }).toEqual([1]);
  const endedAt = Date.now();
  expect(endedAt).toBeGreaterThanOrEqual(due);
  expect(endedAt - due).toBeLessThan(900);
});
