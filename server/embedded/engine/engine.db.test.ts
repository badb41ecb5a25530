import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { bearerTokenOf } from '@/server/platform/engine-signature';
import { TEST_KEYS } from './suite/served-app';
import { TestBed } from './suite/test-bed';

/** Signed like the SDK's own calls. */
const signed = { authorization: `Bearer ${bearerTokenOf(TEST_KEYS.signingKey)}` };

let bed: TestBed;
beforeEach(() => {
  bed = new TestBed(inject('adminUrl'));
});
afterEach(() => bed.close());

describe('a lease that was lost', () => {
  test('makes the late answer void: the step’s result is the second call’s', async () => {
    const engine = await bed.engine();
    let calls = 0;
    const results: unknown[] = [];
    const { client } = await bed.app(engine, (inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'go' }] }, async ({ step }) => {
        const value = await step.run('s', async () => {
          calls += 1;
          const own = calls;
          if (own === 1) {
            await bed.db.query("UPDATE job SET lease_until = 0 WHERE state = 'leased'");
            await new Promise((resolve) => setTimeout(resolve, 2_500));
          }
          return own;
        });
        await step.sleep('z', '1s');
        results.push(value);
      }),
    ]);
    await client.send({ name: 'go', data: {} });
    await new Promise((resolve) => setTimeout(resolve, 2_600));
    await engine.drain();
    await expect.poll(() => results, { timeout: 8_000 }).toEqual([2]);
    await expect.poll(() => bed.statuses()).toEqual(['completed']);
  });

  test('is answered with 409 to a checkpoint', async () => {
    const engine = await bed.engine();
    const old = Buffer.from(JSON.stringify(['x:next', 'old-token', 1])).toString('base64url');
    const answer = await fetch(`${engine.url}/v1/checkpoint/x/async`, {
      method: 'POST',
      headers: signed,
      body: JSON.stringify({ qi_id: old, steps: [{ id: 's', op: 'StepRun', data: 1 }] }),
    });
    expect(answer.status).toBe(409);
  });
});

test('a cancelling event in the same request as the event it cancels does so', async () => {
  const engine = await bed.engine();
  const { client } = await bed.app(engine, (inngest) => [
    inngest.createFunction(
      {
        id: 'f',
        triggers: [{ event: 'go' }],
        cancelOn: [{ event: 'stop', match: 'data.id' }],
      },
      async ({ step }) => {
        await step.sleep('z', '1d');
      },
    ),
  ]);
  await client.send([
    { name: 'go', data: { id: 1 } },
    { name: 'go', data: { id: 2 } },
    { name: 'stop', data: { id: 1 } },
  ]);
  await engine.drain();
  expect((await bed.statuses()).sort()).toEqual(['cancelled', 'running']);
});

test('a singleton that cancels leaves only the newest run', async () => {
  const engine = await bed.engine();
  const { client } = await bed.app(engine, (inngest) => [
    inngest.createFunction(
      { id: 'f', triggers: [{ event: 'go' }], singleton: { key: 'event.data.k', mode: 'cancel' } },
      async ({ step }) => {
        await step.sleep('z', '1d');
      },
    ),
  ]);
  for (let i = 0; i < 3; i += 1) await client.send({ name: 'go', data: { k: 'a' } });
  await client.send(Array.from({ length: 3 }, () => ({ name: 'go', data: { k: 'b' } })));
  await engine.drain();
  expect((await bed.statuses()).filter((status) => status === 'running')).toHaveLength(2);
});

test('a second waiter for a signal fails or takes over, as it says', async () => {
  const engine = await bed.engine();
  const seen: string[] = [];
  const { client } = await bed.app(engine, (inngest) => [
    inngest.createFunction(
      { id: 'f', retries: 0, triggers: [{ event: 'go' }] },
      async ({ event, step }) => {
        const name = String(event.data.name);
        try {
          const signal = await step.waitForSignal('s', {
            signal: 'task/1',
            timeout: '1h',
            onConflict: event.data.conflict as 'fail' | 'replace',
          });
          seen.push(`${name}:${JSON.stringify(signal?.data)}`);
        } catch {
          seen.push(`${name}:refused`);
        }
      },
    ),
  ]);
  for (const [name, conflict] of [
    ['first', 'fail'],
    ['second', 'fail'],
    ['third', 'replace'],
  ]) {
    await client.send({ name: 'go', data: { name, conflict } });
    await engine.drain();
  }
  await client.sendSignal({ signal: 'task/1', data: 7 });
  await engine.drain();
  expect(seen).toEqual(['second:refused', 'third:7']);
  expect(await client.sendSignal({ signal: 'task/1', data: 8 })).toEqual({ runId: undefined });
});

test('text with a NUL, lone surrogates and long numbers comes back as it was', async () => {
  const engine = await bed.engine();
  const odd = { nul: 'a\u0000b', lone: '\ud800', quote: '"\\\n', big: 123_456_789_012_345 };
  const seen: unknown[] = [];
  const { client } = await bed.app(
    engine,
    (inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'go' }] }, async ({ event, step }) => {
        const echoed = await step.run('echo', () => event.data);
        await step.sleep('z', '1s');
        seen.push(echoed);
      }),
    ],
    { checkpointing: false },
  );
  await client.send({ name: 'go', data: odd });
  await expect.poll(() => seen, { timeout: 8_000 }).toEqual([odd]);
});

test('names and keys that Postgres cannot hold do not stop the run', async () => {
  const engine = await bed.engine();
  const seen: unknown[] = [];
  const { client } = await bed.app(engine, (inngest) => [
    inngest.createFunction(
      {
        id: 'f',
        triggers: [{ event: 'go' }],
        concurrency: { limit: 1, key: 'event.data.k' },
        idempotency: 'event.data.k',
      },
      async ({ step }) => {
        seen.push(await step.run('a\u0000b \ud800', () => 'ok'));
      },
    ),
  ]);
  await client.send({ name: 'go', data: { k: 'x\u0000' } });
  await engine.drain();
  expect(seen).toEqual(['ok']);
  const refused = await fetch(`${engine.url}/e/${TEST_KEYS.eventKey}`, {
    method: 'POST',
    body: JSON.stringify({ name: 'go\u0000', data: {} }),
  });
  expect(refused.status).toBe(400);
});

test('a call that never answers is given up, and its step is tried again', async () => {
  const engine = await bed.engine({ callTimeoutMs: 400, retryIntervalMs: 100 });
  let calls = 0;
  const { client } = await bed.app(engine, (inngest) => [
    inngest.createFunction(
      { id: 'f', retries: 1, triggers: [{ event: 'go' }] },
      async ({ step }) => {
        calls += 1;
        // A step inside a step never settles: the SDK waits for itself.
        await step.run('outer', () => step.run('inner', () => 1));
      },
    ),
  ]);
  await client.send({ name: 'go', data: {} });
  await expect.poll(() => bed.statuses(), { timeout: 8_000 }).toEqual(['failed']);
  expect(calls).toBe(2);
  const { data } = (await (await fetch(`${engine.url}/api/runs`, { headers: signed })).json()) as {
    data: { error: string }[];
  };
  expect(data[0]?.error).toContain('no response within 0.4 s');
});
