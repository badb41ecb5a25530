import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { bearerTokenOf, signText } from '@/server/platform/engine-signature';
import { createEngineConsole } from '@/server/transport/jobs/engine-console';
import { startEngine } from './index';
import { createClient, TEST_KEYS } from './suite/served-app';
import { TestBed } from './suite/test-bed';

const operator = { authorization: `Basic ${btoa(`:${TEST_KEYS.eventKey}`)}` };

let bed: TestBed;
beforeEach(() => {
  bed = new TestBed(inject('adminUrl'));
});
afterEach(() => bed.close());

test('a taken port moves an engine on, unless it was told to insist', async () => {
  const first = await bed.engine({ port: 18_391 });
  const second = await bed.engine({ port: first.port });
  expect(second.port).toBeGreaterThan(first.port);
  await expect(bed.engine({ port: first.port, exactPort: true })).rejects.toThrow(/in use/);
}, 20_000);

describe('who may do what', () => {
  test('an address that others can reach needs keys', async () => {
    const open = { databaseUrl: inject('adminUrl'), schema: bed.schema, host: '0.0.0.0' };
    await expect(startEngine({ ...open, keys: undefined })).rejects.toThrow(/keys/);
  });

  test('calls are signed in both directions, whatever the data', async () => {
    const engine = await bed.engine();
    const seen: unknown[] = [];
    const { client } = await bed.app(engine, (inngest) => [
      inngest.createFunction({ id: 'f', triggers: [{ event: 'go' }] }, async ({ event, step }) => {
        seen.push(await step.run('s', () => event.data));
      }),
    ]);
    const data = { z: 1, a: 'ü\u0000', m: { y: 1e21, x: [-0.5, null] } };
    await client.send({ name: 'go', data });
    await engine.drain();
    expect(seen).toEqual([data]);
    expect(await bed.statuses()).toEqual(['completed']);
  });

  test.each([
    ['POST', '/e/wrong'],
    ['POST', '/e/NO_EVENT_KEY_SET'],
    ['POST', '/fn/register'],
    ['POST', '/v1/signals'],
    ['POST', '/v1/checkpoint/run/async'],
    ['GET', '/v0/runs/run/actions'],
    ['POST', '/v0/gql'],
    ['POST', '/runs/run/retry'],
    ['GET', '/'],
    ['GET', '/runs/run'],
    ['GET', '/api/backlog'],
    ['GET', '/api/runs'],
    ['GET', '/api/runs/run'],
    ['GET', '/dev'],
  ])('%s %s is refused without the key', async (method, path) => {
    const engine = await bed.engine();
    const body = method === 'POST' ? '{}' : undefined;
    for (const authorization of ['', 'Bearer undefined', `Basic ${btoa(':wrong')}`]) {
      const answer = await fetch(engine.url + path, { method, body, headers: { authorization } });
      expect(answer.status).toBe(401);
    }
  });

  test('health is open, and tells only those with the key what waits', async () => {
    const engine = await bed.engine();
    expect(await (await fetch(`${engine.url}/health`)).json()).toEqual({
      status: 200,
      message: 'OK',
    });
    const known = await fetch(`${engine.url}/health`, { headers: operator });
    expect(await known.json()).toMatchObject({ backlog: expect.anything() });
  });

  test('an answer that is not signed with the common key counts as none', async () => {
    const engine = await bed.engine({ retryIntervalMs: 10 });
    // Otherwise a server that takes over the app's address could end its runs at will.
    const impostor = createServer((_, response) => {
      response.writeHead(200, {
        'x-inngest-sdk': 'inngest-js:v4.24.0',
        'x-inngest-signature': signText('"wrong"', 'signkey-test-00112233', Date.now()),
      });
      response.end('"wrong"');
    });
    await new Promise<void>((resolve) => impostor.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = impostor.address() as AddressInfo;
      const url = `http://127.0.0.1:${port}/api/inngest`;
      const step = {
        id: 'step',
        name: 'step',
        runtime: { type: 'http', url: `${url}?fnId=app-f&stepId=step` },
        retries: { attempts: 1 },
      };
      const registered = await fetch(`${engine.url}/fn/register`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bearerTokenOf(TEST_KEYS.signingKey)}` },
        body: JSON.stringify({
          url,
          appName: 'app',
          functions: [{ id: 'app-f', name: 'f', triggers: [{ event: 'go' }], steps: { step } }],
        }),
      });
      expect(registered.status).toBe(200);
      await createClient({ id: 'app', engineUrl: engine.url }).send({ name: 'go', data: {} });
      const runs = async () => (await bed.db.query('SELECT error, output FROM run')).rows;
      await expect
        .poll(runs, { timeout: 10_000 })
        .toEqual([{ error: expect.stringContaining('not signed'), output: null }]);
    } finally {
      impostor.close();
    }
  });

  test('development mode, for suites alone, asks for nothing', async () => {
    const engine = await bed.engine({ keys: undefined });
    const answer = await fetch(`${engine.url}/e/any`, { method: 'POST', body: '{"name":"go"}' });
    expect(answer.status).toBe(200);
    expect((await fetch(`${engine.url}/dev`)).status).toBe(200);
  });

  test('a web page of another origin may not send events or retry runs', async () => {
    const engine = await bed.engine();
    const headers = { origin: 'https://evil.test', 'content-type': 'text/plain' };
    const post = (path: string) =>
      fetch(engine.url + path, { method: 'POST', headers, body: '{}' });
    expect((await post('/e/key')).status).toBe(403);
    expect((await post('/runs/x/retry')).status).toBe(403);
  });
});

test('the page shows a failed run, and its button starts it again', async () => {
  const engine = await bed.engine();
  let isMended = false;
  const { client } = await bed.app(engine, (inngest) => [
    inngest.createFunction(
      { id: 'f', retries: 0, triggers: [{ event: 'go' }] },
      async ({ step }) => {
        await step.run('s', () => {
          if (!isMended) throw new Error('<b>broken</b>');
        });
      },
    ),
  ]);
  await client.send({ name: 'go', data: {} });
  await engine.drain();
  const list = await (await fetch(engine.url, { headers: operator })).text();
  expect(list).toContain('&lt;b&gt;broken&lt;/b&gt;');
  expect(list).not.toContain('<b>broken');
  const { data } = (await (
    await fetch(`${engine.url}/api/runs?status=failed`, { headers: operator })
  ).json()) as {
    data: { id: string }[];
  };
  const id = data[0]?.id ?? '';
  expect(await (await fetch(`${engine.url}/runs/${id}`, { headers: operator })).text()).toContain(
    'Retry',
  );
  isMended = true;
  const retried = await fetch(`${engine.url}/runs/${id}/retry`, {
    method: 'POST',
    headers: { ...operator, origin: engine.url, accept: 'text/html' },
  });
  expect(retried.status).toBe(200);
  await engine.drain();
  expect(await bed.statuses()).toEqual(['failed', 'completed']);
  expect((await fetch(`${engine.url}/api/runs?status=nope`, { headers: operator })).status).toBe(
    400,
  );
  expect((await fetch(`${engine.url}/api/runs/none`, { headers: operator })).status).toBe(404);
});

test('the console counts what waits and failed, by function, and starts a failed run again', async () => {
  const engine = await bed.engine();
  let isMended = false;
  const { client } = await bed.app(engine, (inngest) => [
    inngest.createFunction({ id: 'f', retries: 0, triggers: [{ event: 'go' }] }, async () => {
      if (!isMended) throw new Error('broken');
    }),
    inngest.createFunction({ id: 'later', triggers: [{ event: 'go' }] }, async ({ step }) => {
      await step.sleep('s', '1h');
    }),
  ]);
  await client.send({ name: 'go', data: {} });
  await engine.drain();
  const engineConsole = createEngineConsole(client);
  const work = await engineConsole.work();
  expect(work).toMatchObject({ events: 0, ready: 0, scheduled: 1, failed: 1 });
  const named = (name: string) =>
    work?.functions.find(({ functionId }) => functionId.endsWith(`-${name}`));
  expect(named('f')).toMatchObject({ failed: 1, scheduled: 0, oldestDueMs: null });
  expect(named('later')).toMatchObject({ failed: 0, scheduled: 1, oldestDueMs: null });
  const [failed] = (await engineConsole.failedRuns(10)) ?? [];
  expect(failed).toMatchObject({ error: 'Error: broken', endedAtMs: expect.any(Number) });
  isMended = true;
  expect(await engineConsole.runAgain('none')).toBeNull();
  expect(await engineConsole.runAgain(failed?.id ?? '')).toEqual(expect.any(String));
  await engine.drain();
  expect(await engineConsole.failedRuns(10)).toEqual([]);
  expect(await engineConsole.work()).toMatchObject({ failed: 0 });
  await engine.stop();
  expect(await createEngineConsole(client).work()).toBeNull();
  expect(await createEngineConsole(client).failedRuns(10)).toBeNull();
});

test('runs, their outcomes and events are told by GraphQL, as Inngest’s own tools ask', async () => {
  const engine = await bed.engine();
  const { client } = await bed.app(engine, (inngest) => [
    inngest.createFunction(
      { id: 'f', retries: 0, triggers: [{ event: 'go' }] },
      async ({ event, step }) => {
        const sum = await step.run('add', () => event.data.n + 1);
        if (sum > 5) throw new TypeError('too much');
        return { sum };
      },
    ),
  ]);
  const { ids } = await client.send([
    { name: 'go', id: 'mine', data: { n: 1 } },
    { name: 'go', data: { n: 9 } },
  ]);
  await engine.drain();
  const ask = async (query: string, variables: Record<string, unknown>) => {
    const response = await fetch(`${engine.url}/v0/gql`, {
      method: 'POST',
      headers: { ...operator, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as { data: Record<string, never>; errors?: unknown[] };
  };
  const { data } = (await (
    await fetch(`${engine.url}/api/runs`, { headers: operator })
  ).json()) as {
    data: { id: string; status: string }[];
  };
  const idOf = (status: string) => data.find((run) => run.status === status)?.id;
  const run =
    'query ($id: String!) { run(runID: $id) { trace(preview: true) { status outputID childrenSpans { name status } } } }';
  const output =
    'query ($id: String!) { runTraceSpanOutputByID(outputID: $id) { data error { message name } } }';

  expect((await ask(run, { id: idOf('completed') })).data.run).toEqual({
    trace: {
      status: 'COMPLETED',
      outputID: idOf('completed'),
      childrenSpans: [{ name: 'add', status: 'COMPLETED' }],
    },
  });
  expect((await ask(output, { id: idOf('completed') })).data.runTraceSpanOutputByID).toEqual({
    data: '{"sum":2}',
    error: null,
  });
  expect((await ask(output, { id: idOf('failed') })).data.runTraceSpanOutputByID).toEqual({
    data: null,
    error: { message: 'too much', name: 'TypeError' },
  });
  expect((await ask(run, { id: 'none' })).data.run).toBeNull();
  const event = await ask(
    'query Event($id: ULID!) { eventV2(id: $id) { idempotencyKey name raw } }',
    { id: ids[0] },
  );
  expect(event.data.eventV2).toMatchObject({ idempotencyKey: 'mine', name: 'go' });
  expect((await ask('{ nothing }', {})).errors).toHaveLength(1);
});
