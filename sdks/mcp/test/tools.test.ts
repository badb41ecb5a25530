import { readFileSync } from 'node:fs';
import { idempotencyKey } from '@humanrail/sdk';
import type { CallToolResult, Client } from '@modelcontextprotocol/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKey, questionKey } from '../src/idempotency.js';
import { VERSION } from '../src/version.js';
import { connect, ERAS } from './connect.js';
import { type FakeApi, fakeApi } from './fake-api.js';

const OPENAPI = new URL('../../../public/openapi.json', import.meta.url);

interface Schema {
  description?: string;
  properties?: Record<string, Schema>;
}
interface OpenApi {
  components: { schemas: Record<string, Schema> };
}

let api: FakeApi;
let client: Client;

function textOf(result: CallToolResult): string {
  return result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
}

function call(name: string, args: Record<string, unknown> = {}): Promise<CallToolResult> {
  return client.callTool({ name, arguments: args }) as Promise<CallToolResult>;
}

describe.each(ERAS)('the tools, to a client of era %s', (era) => {
  beforeEach(async () => {
    api = fakeApi();
    client = await connect(api.client, era);
  });
  afterEach(() => client.close());

  it('are nine, each with title, hints and both schemas', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'ask_human',
      'create_task',
      'get_task',
      'wait_for_task',
      'cancel_task',
      'list_tasks',
      'quote_task',
      'get_usage',
      'health_check',
    ]);
    for (const tool of tools) {
      expect(tool.title).toBeTruthy();
      expect(tool.description).toBeTruthy();
      expect(tool.inputSchema.type).toBe('object');
      expect(tool.outputSchema?.type).toBe('object');
      expect(tool.annotations?.readOnlyHint).toBeTypeOf('boolean');
    }
    expect(client.getServerVersion()?.version).toBe(VERSION);
  });

  it('ask as ask() of the SDKs does, and give the answer', async () => {
    const asked = call('ask_human', { question: 'What does the sign say?', wait_seconds: 5 });
    await expect.poll(() => api.tasks.size).toBe(1);
    Object.assign(api.tasks.get('task-1') ?? {}, {
      status: 'verified',
      output: { answer: 'Closed on Mondays' },
      confidence: 0.8,
      confidence_basis: 'provisional',
    });
    const result = await asked;
    expect(result.isError).toBeFalsy();
    expect(result.structuredContent).toEqual({
      task_id: 'task-1',
      status: 'verified',
      answer: 'Closed on Mondays',
      confidence: 0.8,
      confidence_basis: 'provisional',
    });
    expect(api.seen[0]?.body).toMatchObject({
      type: 'question',
      payload: { question: 'What does the sign say?' },
      payout_sats: 300,
      idempotency_key: 'ask:b4f967f0f26441b9116b0139c2965ae0',
    });
  });

  it('say how to go on where no answer has come, and find the task again', async () => {
    const args = { question: 'Approve?', schema: { type: 'boolean' }, wait_seconds: 0 };
    const result = await call('ask_human', args);
    expect(result.isError).toBeFalsy();
    expect(result.structuredContent).toMatchObject({
      task_id: 'task-1',
      status: 'posted',
      answer: null,
    });
    expect(textOf(result)).toContain('Call wait_for_task with task_id task-1');

    Object.assign(api.tasks.get('task-1') ?? {}, { status: 'verified', output: false });
    const waited = await call('wait_for_task', { task_id: 'task-1' });
    expect(waited.structuredContent).toMatchObject({
      id: 'task-1',
      status: 'verified',
      output: false,
    });
    const again = await call('ask_human', args);
    expect(again.structuredContent).toMatchObject({ task_id: 'task-1', answer: false });
    expect(api.tasks.size).toBe(1);
  });

  it('tell of progress while they wait', async () => {
    const words: string[] = [];
    await client.callTool(
      { name: 'ask_human', arguments: { question: 'Ready?', wait_seconds: 1 } },
      { onprogress: ({ message }) => words.push(message ?? '') },
    );
    expect(words[0]).toBe('Waiting for task task-1');
    expect(words).toContain('Task task-1 is posted');
  });

  it('call an end without an answer an error, with the reason', async () => {
    await call('ask_human', { question: 'Is it so?', wait_seconds: 0 });
    Object.assign(api.tasks.get('task-1') ?? {}, {
      status: 'expired',
      failure_reason: { code: 'expired', message: 'Nobody answered.' },
    });
    const result = await call('ask_human', { question: 'Is it so?' });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toMatch(/Nobody answered\..*with a key of your own/s);
  });

  it('derive the key of a create from type, payload and schema', async () => {
    const args = { type: 'refund', payload: { order: 1, amount: 2 }, payout_sats: 50 };
    const first = await call('create_task', args);
    const again = await call('create_task', { ...args, payload: { amount: 2, order: 1 } });
    expect(again.structuredContent).toEqual(first.structuredContent);
    await call('create_task', { ...args, output_schema: { type: 'boolean' } });
    await call('create_task', { ...args, idempotency_key: 'mine' });
    expect(api.tasks.size).toBe(3);
    expect([...api.tasks.values()].map((task) => task.idempotency_key)).toEqual([
      createKey(args),
      createKey({ ...args, output_schema: { type: 'boolean' } }),
      'mine',
    ]);
  });

  it('send every field of a create under the name the API has for it', async () => {
    const args = {
      type: 'refund',
      payload: { a: 1 },
      output_schema: { type: 'boolean' },
      payout_sats: 50,
      sla_seconds: 60,
      skills_required: ['refunds'],
      risk_tier: 'low',
      instructions: 'Look twice.',
      redundancy: { min_votes: 1, max_votes: 3, target_confidence: 0.9, vote_value: 0.02 },
      on_low_confidence: 'review',
      on_timeout: { action: 'default', output: { answer: 'nobody' } },
      metadata: { order: 'o-1' },
      callback_url: 'https://example.com/hook',
      agent_guess: { output: true, confidence: 0.6 },
      sandbox: {
        outcome: 'verified',
        answer: true,
        delay_seconds: 1,
        workers: [{ accuracy: 0.8, delay: 2, behaviour: 'hasty' }, { answers: [false, true] }],
        reviewer: { decision: 'correct', output: false },
        seed: 'a',
      },
      idempotency_key: 'k',
    };
    await call('create_task', args);
    expect(api.seen[0]?.body).toEqual(args);
  });

  it('offer all that the description of the API has for a create, and say what each is', async () => {
    const { components } = JSON.parse(readFileSync(OPENAPI, 'utf8')) as OpenApi;
    const { tools } = await client.listTools();
    const { properties = {} } = tools.find(({ name }) => name === 'create_task')?.inputSchema ?? {};
    for (const [offered, name] of [
      [properties, 'CreateTaskInput'],
      [(properties.redundancy as Schema).properties, 'RedundancyInput'],
      [(properties.sandbox as Schema).properties, 'SandboxScriptInput'],
    ] as const) {
      const asked = Object.keys(components.schemas[name]?.properties ?? {});
      expect(Object.keys(offered ?? {}).sort()).toEqual(asked.sort());
      for (const field of Object.values(offered ?? {})) {
        expect((field as Schema).description).toBeTruthy();
      }
    }
  });

  it('list, get and cancel', async () => {
    await call('create_task', { type: 'a', payload: {} });
    const list = await call('list_tasks', { status: 'posted', metadata: { order: 'o-1' } });
    expect(list.structuredContent).toMatchObject({ data: [{ id: 'task-1' }], has_more: false });
    expect(api.seen.at(-1)?.query.get('metadata[order]')).toBe('o-1');
    const got = await call('get_task', { task_id: 'task-1' });
    expect(got.structuredContent).toMatchObject({ status: 'posted', payload: {} });
    const cancelled = await call('cancel_task', { task_id: 'task-1' });
    expect(cancelled.structuredContent).toMatchObject({ status: 'cancelled' });
  });

  it('check the connection, also where the key may not read the balance', async () => {
    const healthy = await call('health_check');
    expect(healthy.structuredContent).toMatchObject({ mode: 'test', available_sats: 900 });
    api.failNext(403, { type: 'authorization_error', code: 'missing_scope', message: 'No scope.' });
    const narrow = await call('health_check');
    expect(narrow.structuredContent).toMatchObject({ status: 'ok', mode: null });
    api.failNext(401, {
      type: 'authentication_error',
      code: 'invalid_api_key',
      message: 'Unknown.',
    });
    expect(await call('health_check')).toMatchObject({ isError: true });
  });

  it.each([
    [401, { type: 'authentication_error', code: 'revoked_api_key' }, /must be replaced/],
    [
      402,
      {
        type: 'insufficient_funds',
        code: 'insufficient_funds',
        details: { available_sats: 5, required_sats: 330 },
      },
      /needs 330 sats and 5/,
    ],
    [403, { type: 'authorization_error', code: 'missing_scope' }, /needs this scope/],
    [409, { type: 'conflict', code: 'idempotency_mismatch' }, /pass another key/],
    [
      422,
      { type: 'validation_error', code: 'invalid_output_schema', param: 'output_schema' },
      /Field: output_schema/,
    ],
    [429, { type: 'rate_limit_exceeded', code: 'rate_limit_exceeded' }, /Wait 7 seconds/],
    [500, { type: 'internal_error', code: 'internal_error' }, /safe to repeat/],
  ])('turn a %i into a result that says what to do', async (status, error, advice) => {
    api.failNext(status, { ...error, message: 'So it is.' }, { 'retry-after': '7' });
    const result = await call('create_task', { type: 'a', payload: {} });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain('So it is.');
    expect(textOf(result)).toMatch(advice);
    expect(textOf(result)).toContain('request req_1');
    expect(textOf(result)).not.toContain('ek_test_fake');
  });

  it('name the task where the API fails while they wait for it', async () => {
    const asked = call('ask_human', { question: 'Still there?', wait_seconds: 9 });
    await expect.poll(() => api.seen.length).toBe(2);
    api.failNext(500, { type: 'internal_error', code: 'internal_error', message: 'Down.' });
    const result = await asked;
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain('wait_for_task with task_id task-1');
  });

  it('say which argument does not fit, and send nothing', async () => {
    const result = await call('ask_human', { question: '', payload: { question: 'x' } });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toMatch(/question/);
    expect(api.seen).toEqual([]);
    await expect(call('no_such_tool')).rejects.toThrow(/no tool no_such_tool/);
  });
});

describe('keys', () => {
  it('of questions are those of the SDKs', () => {
    const { keys } = JSON.parse(
      readFileSync(new URL('../../conformance/asks.json', import.meta.url), 'utf8'),
    ) as { keys: (Parameters<typeof questionKey>[0] & { key: string })[] };
    expect(keys.length).toBeGreaterThan(0);
    for (const { key, ...asked } of keys) expect(questionKey(asked)).toBe(key);
  });

  it('of creates differ from those of questions', () => {
    expect(createKey({ type: 'a', payload: {} })).toBe(
      idempotencyKey('mcp', '{"output_schema":null,"payload":{},"type":"a"}'),
    );
  });
});

it('the version is that of package.json', () => {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  expect((JSON.parse(text) as { version: string }).version).toBe(VERSION);
});
