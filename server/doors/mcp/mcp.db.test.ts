import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { modernRequest } from '@/sdks/mcp/test/modern-request';
import { authenticateKey } from '@/server/features/api-keys';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization, type KeyOptions } from '@/server/testing/factories';
import { ask } from '@/server/testing/mounted';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { setAuthenticator } from '@/server/transport/rest';

useTestDatabase();

const URL_OF_DOOR = 'http://localhost:3000/mcp';
type Organization = Awaited<ReturnType<typeof createOrganization>>;
type Params = NonNullable<Parameters<typeof modernRequest>[1]['params']>;

let organization: Organization;
let key: string;
let liveKey: string;
let otherKey: string;

const keyOf = async (
  owner: Organization,
  mode: 'test' | 'live' = 'test',
  options: KeyOptions = {},
): Promise<string> => (await createKey(owner, mode, options)).text;

beforeAll(async () => {
  setAuthenticator(authenticateKey);
  organization = await createOrganization();
  key = await keyOf(organization);
  liveKey = await keyOf(organization, 'live');
  otherKey = await keyOf(await createOrganization());
});

/** The official client of era `mode`, connected to the mounted door. */
async function connect(apiKey: string, mode: 'legacy' | 'auto' = 'auto'): Promise<Client> {
  const client = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode } });
  const transport = new StreamableHTTPClientTransport(new URL(URL_OF_DOOR), {
    requestInit: { headers: { authorization: `Bearer ${apiKey}` } },
    fetch: (input, init) => ask(new Request(input, init)),
  });
  await client.connect(transport);
  return client;
}

async function callTool(apiKey: string, name: string, args: Record<string, unknown> = {}) {
  const client = await connect(apiKey);
  try {
    return await client.callTool({ name, arguments: args });
  } finally {
    await client.close();
  }
}

async function send(method: string, params: Params, apiKey = key) {
  const response = await ask(modernRequest(URL_OF_DOOR, { method, params }, { key: apiKey }));
  return (await response.json()) as {
    result?: Record<string, unknown>;
    error?: { code: number; message: string };
  };
}

function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
  return ask(
    new Request(URL_OF_DOOR, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        authorization: `Bearer ${key}`,
        ...headers,
      },
      body,
    }),
  );
}

const initialize = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'test', version: '1.0.0' },
  },
});

describe('tools over HTTP', () => {
  it.each(['legacy', 'auto'] as const)('serve a client of era %s', async (era) => {
    const client = await connect(key, era);
    const { tools } = await client.listTools();
    expect(tools).toHaveLength(9);
    const args = { question: `Ready, ${era}?`, wait_seconds: 0 };
    const asked = await client.callTool({ name: 'ask_human', arguments: args });
    expect(asked.structuredContent).toMatchObject({ status: 'posted', answer: null });
    const task = await db.task.findUniqueOrThrow({
      where: { id: (asked.structuredContent as { task_id: string }).task_id },
    });
    expect(task).toMatchObject({ organizationId: organization.id, mode: 'test', payoutSats: 300n });
    const again = await client.callTool({ name: 'ask_human', arguments: args });
    expect(again.structuredContent).toEqual(asked.structuredContent);
    await client.close();
  });

  it('create, list, quote, count and cancel in the key’s own mode', async () => {
    const args = { type: 'content_review', payload: { text: 'x' } };
    const created = await callTool(key, 'create_task', args);
    const { id } = created.structuredContent as { id: string };
    expect((await callTool(key, 'get_task', { task_id: id })).structuredContent).toMatchObject({
      id,
      mode: 'test',
    });
    expect(
      (await callTool(key, 'list_tasks', { type: args.type })).structuredContent,
    ).toMatchObject({
      data: [{ id }],
    });
    expect((await callTool(key, 'quote_task', args)).structuredContent).toHaveProperty('cost_sats');
    expect((await callTool(key, 'get_usage')).structuredContent).toMatchObject({ mode: 'test' });
    expect((await callTool(key, 'cancel_task', { task_id: id })).structuredContent).toMatchObject({
      status: 'cancelled',
    });
    expect((await callTool(liveKey, 'health_check')).structuredContent).toMatchObject({
      mode: 'live',
    });
  });

  it('create with the terms of its votes, the agent’s guess and a scripted crowd', async () => {
    const created = await callTool(key, 'create_task', {
      type: 'content_review',
      payload: { text: 'y' },
      redundancy: { min_votes: 2, max_votes: 4, target_confidence: 0.9, vote_value: 0.02 },
      on_low_confidence: 'fail',
      on_timeout: { action: 'default', output: { answer: 'nobody knows' } },
      agent_guess: { output: { answer: 'yes' }, confidence: 0.6 },
      sandbox: { workers: [{ accuracy: 0.9, delay: 60 }, { accuracy: 0.8 }], seed: 3 },
    });
    expect(created.isError, JSON.stringify(created.content)).toBeFalsy();
    const { id } = created.structuredContent as { id: string };
    expect(await db.task.findUnique({ where: { id } })).toMatchObject({
      ...{ minVotes: 2, maxVotes: 4, targetConfidence: 0.9, voteValue: 0.02 },
      onLowConfidence: 'fail',
      onTimeout: { action: 'default', output: { answer: 'nobody knows' } },
      agentGuess: { output: { answer: 'yes' }, confidence: 0.6 },
      sandbox: { workers: [{ accuracy: 0.9, delay: 60 }, { accuracy: 0.8 }], seed: 3 },
    });
  });

  it('show no task to another organization, or to the other mode', async () => {
    const { taskId } = await createVerifiedTask({ organization });
    expect((await callTool(key, 'get_task', { task_id: taskId })).isError).toBeFalsy();
    for (const foreign of [otherKey, liveKey]) {
      for (const name of ['get_task', 'wait_for_task', 'cancel_task']) {
        const refused = await callTool(foreign, name, { task_id: taskId });
        expect(refused.isError).toBe(true);
        expect(JSON.stringify(refused.content)).toContain('not_found');
      }
      expect((await send('tasks/get', { taskId }, foreign)).error?.code).toBe(-32_602);
      expect((await send('tasks/cancel', { taskId }, foreign)).error?.code).toBe(-32_602);
    }
  });

  it('say which scope the key lacks', async () => {
    const reader = await keyOf(organization, 'test', { scopes: ['tasks:read'] });
    const refused = await callTool(reader, 'create_task', { type: 'a', payload: {} });
    expect(refused.isError).toBe(true);
    expect(JSON.stringify(refused.content)).toMatch(/tasks:write.*missing_scope/);
  });

  it('give a handle to a client with the Tasks extension, good in any process', async () => {
    const asked = await send('tools/call', { name: 'ask_human', arguments: { question: 'When?' } });
    expect(asked.result).toMatchObject({ resultType: 'task', status: 'working' });
    const taskId = String(asked.result?.taskId);
    expect((await send('tasks/get', { taskId })).result).toMatchObject({ status: 'working' });
    expect((await send('tasks/cancel', { taskId })).error).toBeUndefined();
    expect((await send('tasks/get', { taskId })).result).toMatchObject({ status: 'cancelled' });

    const verified = await createVerifiedTask({ organization });
    expect((await send('tasks/get', { taskId: verified.taskId })).result).toMatchObject({
      status: 'completed',
      result: { structuredContent: { answer: { verdict: 'genuine' } } },
    });
  });
});

describe('the route', () => {
  it('401 with WWW-Authenticate for a key that is missing, mistyped or unknown', async () => {
    const unknown = await keyOf(organization);
    await db.apiKey.updateMany({
      where: { lastFour: unknown.slice(-4), organizationId: organization.id },
      data: { revokedAt: new Date() },
    });
    for (const authorization of ['', 'Bearer ek_test_mistyped', `Bearer ${unknown}`]) {
      const response = await post(initialize, { authorization });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(await response.json()).toMatchObject({ jsonrpc: '2.0', id: null, error: {} });
    }
  });

  it('405 for GET and DELETE, since there is no session', async () => {
    for (const method of ['GET', 'DELETE'] as const) {
      const response = await ask(new Request(URL_OF_DOOR, { method }));
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
    }
  });

  it('400 for what is no JSON, 413 for what is too large, 415 for another type', async () => {
    const broken = await post('{"jsonrpc": ');
    expect([broken.status, await broken.json()]).toMatchObject([400, { error: { code: -32_700 } }]);
    expect((await post(JSON.stringify({ text: 'x'.repeat(1024 * 1024) }))).status).toBe(413);
    expect((await post(initialize, { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('403 for a page of another host, and an answer for one of its own', async () => {
    for (const origin of ['https://evil.example', 'null']) {
      expect((await post(initialize, { origin })).status).toBe(403);
    }
    expect((await post(initialize, { origin: 'http://localhost:6274' })).status).toBe(200);
  });

  it('keeps no session, and counts requests', async () => {
    const response = await post(initialize);
    expect(response.status).toBe(200);
    expect(response.headers.get('mcp-session-id')).toBeNull();
    expect(response.headers.get('ratelimit-remaining')).toMatch(/^\d+$/);
    expect(response.headers.get('x-request-id')).toBeTruthy();
  });
});
