import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { startEngine } from './index';
import { TestBed } from './suite/test-bed';

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
  test('an address that others can reach needs an event key', async () => {
    await expect(
      startEngine({ databaseUrl: inject('adminUrl'), schema: bed.schema, host: '0.0.0.0' }),
    ).rejects.toThrow(/event key/);
  });

  test('with keys, events and registrations need them, and the SDK has them', async () => {
    const signingKey = 'signkey-test-0123456789abcdef0123456789abcdef';
    const engine = await bed.engine({ eventKey: 'secret', signingKey });
    const seen: unknown[] = [];
    const { client } = await bed.app(
      engine,
      (inngest) => [
        inngest.createFunction(
          { id: 'f', triggers: [{ event: 'go' }] },
          async ({ event, step }) => {
            seen.push(await step.run('s', () => event.data));
          },
        ),
      ],
      { signingKey, eventKey: 'secret' },
    );
    await client.send({ name: 'go', data: { z: 1, a: 'ü' } });
    await engine.drain();
    expect(seen).toEqual([{ z: 1, a: 'ü' }]);
    const post = (path: string) => fetch(engine.url + path, { method: 'POST', body: '{}' });
    expect((await post('/e/wrong')).status).toBe(401);
    expect((await post('/fn/register')).status).toBe(401);
    expect((await post('/v1/signals')).status).toBe(401);
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
  const list = await (await fetch(engine.url)).text();
  expect(list).toContain('&lt;b&gt;broken&lt;/b&gt;');
  expect(list).not.toContain('<b>broken');
  const { data } = (await (await fetch(`${engine.url}/api/runs?status=failed`)).json()) as {
    data: { id: string }[];
  };
  const id = data[0]?.id ?? '';
  expect(await (await fetch(`${engine.url}/runs/${id}`)).text()).toContain('Retry');
  isMended = true;
  const retried = await fetch(`${engine.url}/runs/${id}/retry`, {
    method: 'POST',
    headers: { origin: engine.url, accept: 'text/html' },
  });
  expect(retried.status).toBe(200);
  await engine.drain();
  expect(await bed.statuses()).toEqual(['failed', 'completed']);
  expect((await fetch(`${engine.url}/api/runs?status=nope`)).status).toBe(400);
  expect((await fetch(`${engine.url}/api/runs/none`)).status).toBe(404);
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
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as { data: Record<string, never>; errors?: unknown[] };
  };
  const { data } = (await (await fetch(`${engine.url}/api/runs`)).json()) as {
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
