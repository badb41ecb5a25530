import { beforeAll, expect, it } from 'vitest';
import { modernRequest } from '@/sdks/mcp/test/modern-request';
import { db } from '@/server/platform/db';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization } from '@/server/testing/factories';
import { ask } from '@/server/testing/mounted';
import { V0_CREATE } from '@/server/testing/v0-create';

useTestDatabase();

const TRACE = {
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00',
  tracestate: 'vendor=agent',
};
const TASK = { type: 'content_review', payload: { text: 'Is it genuine?' } };

let key: string;
beforeAll(async () => {
  key = (await createKey(await createOrganization({ funds: 100_000 }), 'test')).text;
});

async function byTool(headers: Record<string, string>): Promise<void> {
  const params = { name: 'create_task', arguments: { ...TASK, idempotency_key: 'by tool' } };
  const request = modernRequest(
    'http://localhost:3000/mcp',
    { method: 'tools/call', params },
    { key },
  );
  for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
  await (await ask(request)).text();
}

// Tracing is disabled: webhooks still propagate the trace context.
it.each<[string, (headers: Record<string, string>) => Promise<unknown>]>([
  ['a create', (headers) => call('POST', '/v1/tasks', { key, headers, body: TASK })],
  [
    'each of a batch',
    (headers) => call('POST', '/v1/tasks/batch', { key, headers, body: { tasks: [TASK, TASK] } }),
  ],
  [
    'a create of v0',
    (headers) =>
      call('POST', '/v0/tasks', { key, headers, body: { ...V0_CREATE, idempotencyKey: 'of v0' } }),
  ],
  ['a tool of MCP', byTool],
])('the trace of %s is kept with the task', async (_, create) => {
  await db.task.updateMany({ data: { traceparent: null, tracestate: null } });
  const before = await db.task.count();
  await create(TRACE);
  expect(await db.task.count()).toBeGreaterThan(before);
  const made = await db.task.findMany({ orderBy: { id: 'asc' }, skip: before });
  for (const task of made) expect(task).toMatchObject(TRACE);
});

it('a trace that is malformed is not, and refuses nothing', async () => {
  const headers = { traceparent: '00-00000000000000000000000000000000-00f067aa0ba902b7-01' };
  const { status, body } = await call('POST', '/v1/tasks', { key, headers, body: TASK });
  expect(status).toBe(201);
  const task = await db.task.findUnique({ where: { id: String(body.id) } });
  expect(task).toMatchObject({ traceparent: null, tracestate: null });
});

it('a page of another origin may send a trace', async () => {
  const response = await ask(new Request('http://localhost/v1/tasks', { method: 'OPTIONS' }));
  expect(response.headers.get('access-control-allow-headers')).toContain('traceparent');
});
