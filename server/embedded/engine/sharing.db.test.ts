import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { TEST_KEYS } from './suite/served-app';
import { TestBed } from './suite/test-bed';

let bed: TestBed;
beforeEach(() => {
  bed = new TestBed(inject('adminUrl'));
});
afterEach(() => bed.close());

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('several engines on one database', () => {
  test('may start at the same time on an empty schema', async () => {
    const engines = await Promise.all([bed.engine(), bed.engine(), bed.engine()]);
    for (const engine of engines) {
      expect((await fetch(`${engine.url}/health`)).status).toBe(200);
    }
  });

  test('do each run once, and keep a concurrency limit together', async () => {
    const [one, two] = await Promise.all([bed.engine(), bed.engine()]);
    let running = 0;
    let most = 0;
    const done: number[] = [];
    const { client } = await bed.app(one, (inngest) => [
      inngest.createFunction(
        { id: 'f', triggers: [{ event: 'go' }], concurrency: 3 },
        async ({ event, step }) => {
          await step.run('s', async () => {
            running += 1;
            most = Math.max(most, running);
            await wait(20);
            running -= 1;
          });
          done.push(Number(event.data.i));
        },
      ),
    ]);
    await client.send(Array.from({ length: 60 }, (_, i) => ({ name: 'go', data: { i } })));
    await expect.poll(() => done.length, { timeout: 20_000 }).toBe(60);
    await Promise.all([one.drain(), two.drain()]);
    expect(new Set(done).size).toBe(60);
    expect(most).toBe(3);
    const { rows } = await bed.db.query('SELECT 1 FROM slot UNION ALL SELECT 1 FROM job');
    expect(rows).toEqual([]);
  });

  test('a limit on two keys lets nothing stand still', async () => {
    const engine = await bed.engine();
    const done: string[] = [];
    const { client } = await bed.app(engine, (inngest) => [
      inngest.createFunction(
        {
          id: 'f',
          triggers: [{ event: 'go' }],
          concurrency: [
            { limit: 1, key: 'event.data.host' },
            { limit: 2, scope: 'account', key: "'all'" },
          ],
        },
        async ({ event }) => {
          await wait(5);
          done.push(String(event.data.host));
        },
      ),
    ]);
    await client.send(
      Array.from({ length: 40 }, (_, i) => ({ name: 'go', data: { host: `h${i % 4}` } })),
    );
    await expect.poll(() => done.length, { timeout: 20_000 }).toBe(40);
  });

  test('hundreds that wait for a full key hold nobody else up', async () => {
    const engine = await bed.engine();
    let fast = 0;
    let slow = 0;
    const { client } = await bed.app(engine, (inngest) => [
      inngest.createFunction(
        { id: 'slow', triggers: [{ event: 'slow' }], concurrency: 1 },
        async () => {
          await wait(200);
          slow += 1;
        },
      ),
      inngest.createFunction({ id: 'fast', triggers: [{ event: 'fast' }] }, () => {
        fast += 1;
      }),
    ]);
    await client.send(Array.from({ length: 400 }, () => ({ name: 'slow', data: {} })));
    await client.send({ name: 'fast', data: {} });
    await expect.poll(() => fast, { timeout: 5_000 }).toBe(1);
    expect(slow).toBeLessThan(25);
  });

  test('a request sent again to another one starts nothing again', async () => {
    const [one, two] = await Promise.all([bed.engine(), bed.engine()]);
    let runs = 0;
    await bed.app(one, (inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'go' }] }, () => {
        runs += 1;
      }),
    ]);
    const send = async (url: string) => {
      const answer = await fetch(`${url}/e/${TEST_KEYS.eventKey}`, {
        method: 'POST',
        headers: { 'x-inngest-event-id-seed': '1795455349688,AAECAwQFBgcICQ==' },
        body: JSON.stringify([{ name: 'go', data: {} }]),
      });
      return ((await answer.json()) as { ids: string[] }).ids;
    };
    const ids = await Promise.all([send(one.url), send(two.url), send(one.url)]);
    await Promise.all([one.drain(), two.drain()]);
    expect(new Set(ids.flat()).size).toBe(1);
    expect(runs).toBe(1);
  });
});

describe('what outlives a stop', () => {
  test('losing every database connection again and again loses and repeats no run', async () => {
    const engine = await bed.engine({ retryIntervalMs: 100 });
    const ended: number[] = [];
    const { client } = await bed.app(engine, (inngest) => [
      inngest.createFunction(
        { id: 'f', retries: 10, triggers: [{ event: 'go' }] },
        async ({ event, step }) => {
          await step.run('s', () => wait(10));
          return event.data;
        },
      ),
      inngest.createFunction(
        {
          id: 'end',
          triggers: [
            { event: 'inngest/function.finished', if: "event.data.function_id == 'app-f'" },
          ],
        },
        ({ event }) => {
          ended.push((event.data as unknown as { result: { i: number } }).result.i);
        },
      ),
    ]);
    let isSending = true;
    const breaking = (async () => {
      while (isSending) {
        await wait(120);
        await bed.db.query(
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()',
          [`engine ${bed.schema}`],
        );
      }
    })();
    for (let i = 0; i < 40; i += 4) {
      const events = [0, 1, 2, 3].map((k) => ({ id: `e${i + k}`, name: 'go', data: { i: i + k } }));
      while (!(await client.send(events).then(Boolean, () => false))) await wait(50);
    }
    isSending = false;
    await breaking;
    await expect
      .poll(async () => (await bed.statuses()).filter((status) => status === 'completed').length, {
        timeout: 20_000,
      })
      .toBe(80);
    expect(new Set(ended).size).toBe(40);
    expect(await bed.statuses()).toHaveLength(80);
  });

  test('registrations and waiting runs go on with the next engine', async () => {
    const first = await bed.engine({ port: 18_390 });
    let ended = 0;
    const { client } = await bed.app(first, (inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'go' }] }, async ({ step }) => {
        await step.waitForEvent('w', { event: 'on', timeout: '1h' });
        ended += 1;
      }),
    ]);
    await client.send({ name: 'go', data: {} });
    await first.drain();
    await first.stop();
    const second = await bed.engine({ port: first.port });
    await client.send({ name: 'on', data: {} });
    await second.drain();
    expect(ended).toBe(1);
  });

  test('a refused registration leaves the former one as it was', async () => {
    const engine = await bed.engine();
    let runs = 0;
    const { client } = await bed.app(engine, (inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'go' }] }, () => {
        runs += 1;
      }),
    ]);
    const refused = bed.app(engine, (inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'other' }] }, () => 1),
      inngest.createFunction({ id: 'g', triggers: [{ event: 'go', if: 'event.data.(' }] }, () => 1),
    ]);
    await expect(refused).rejects.toThrow(/app-g/);
    await client.send({ name: 'go', data: {} });
    await engine.drain();
    expect(runs).toBe(1);
  });
});

test('what ended long ago is deleted, what still waits is not', async () => {
  const { deleteOld } = await import('./retention');
  const engine = await bed.engine();
  const { client } = await bed.app(engine, (inngest) => [
    inngest.createFunction({ id: 'quick', triggers: [{ event: 'go' }] }, async ({ step }) => {
      await step.run('s', () => 1);
    }),
    inngest.createFunction({ id: 'slow', triggers: [{ event: 'go' }] }, async ({ step }) => {
      await step.sleep('z', '300d');
    }),
  ]);
  await client.send({ name: 'go', data: {}, id: 'once' });
  await engine.drain();
  await deleteOld(bed.db, Date.now() + 8 * 86_400_000);
  expect(await bed.statuses()).toEqual(['running']);
  const { rows } = await bed.db.query('SELECT 1 FROM event UNION ALL SELECT 1 FROM dedup');
  expect(rows).toEqual([]);
});
