import {
  isCreateTaskResultV2,
  isDetailedTaskV2,
  TASKS_EXTENSION_ID_V2,
} from '@modelcontextprotocol/ext-tasks/core/v2';
import { createMcpHandler, type McpHttpHandler } from '@modelcontextprotocol/server';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMcpServer } from '../src/index.js';
import { type FakeApi, fakeApi } from './fake-api.js';
import { modernRequest } from './modern-request.js';

let api: FakeApi;
let handler: McpHttpHandler;

type Params = NonNullable<Parameters<typeof modernRequest>[1]['params']>;

interface Answer {
  result: Record<string, unknown>;
  error?: { code: number; message: string; data?: unknown };
}

async function send(method: string, params: Params, capabilities?: Params): Promise<Answer> {
  const request = modernRequest('http://mcp.test/mcp', { method, params }, { capabilities });
  const response = await handler.fetch(request);
  return (await response.json()) as Answer;
}

const ask = () =>
  send('tools/call', { name: 'ask_human', arguments: { question: 'Ready?', wait_seconds: 60 } });
const get = (taskId: string) => send('tasks/get', { taskId });

describe('the Tasks extension', () => {
  beforeEach(() => {
    api = fakeApi();
    handler = createMcpHandler(() => createMcpServer(api.client));
  });

  it('is told of by server/discover', async () => {
    const { result } = await send('server/discover', {});
    expect(result.capabilities).toMatchObject({ extensions: { [TASKS_EXTENSION_ID_V2]: {} } });
  });

  it('gives a handle at once, whose result is that of the call', async () => {
    const { result } = await ask();
    expect(isCreateTaskResultV2(result)).toBe(true);
    expect(result).toMatchObject({ resultType: 'task', taskId: 'task-1', status: 'working' });

    const working = await get('task-1');
    expect(isDetailedTaskV2(working.result)).toBe(true);
    expect(working.result).toMatchObject({ status: 'working', resultType: 'complete' });

    Object.assign(api.tasks.get('task-1') ?? {}, { status: 'verified', output: { answer: 'Yes' } });
    const done = await get('task-1');
    expect(isDetailedTaskV2(done.result)).toBe(true);
    expect(done.result).toMatchObject({
      status: 'completed',
      result: {
        resultType: 'complete',
        structuredContent: { task_id: 'task-1', answer: 'Yes' },
      },
    });
  });

  it('answers at once where the task has ended by now', async () => {
    await ask();
    Object.assign(api.tasks.get('task-1') ?? {}, { status: 'verified', output: { answer: 'Yes' } });
    const { result } = await ask();
    expect(result).toMatchObject({ resultType: 'complete', structuredContent: { answer: 'Yes' } });
  });

  it('calls a task that expired a completed call with an error', async () => {
    await ask();
    Object.assign(api.tasks.get('task-1') ?? {}, { status: 'expired' });
    const { result } = await get('task-1');
    expect(isDetailedTaskV2(result)).toBe(true);
    expect(result).toMatchObject({ status: 'completed', result: { isError: true } });
  });

  it('cancels, and takes a cancellation that comes too late', async () => {
    await ask();
    expect((await send('tasks/cancel', { taskId: 'task-1' })).error).toBeUndefined();
    expect((await get('task-1')).result).toMatchObject({ status: 'cancelled' });
    Object.assign(api.tasks.get('task-1') ?? {}, { status: 'verified' });
    expect((await send('tasks/cancel', { taskId: 'task-1' })).error).toBeUndefined();
  });

  it('acknowledges responses nobody asked for', async () => {
    await ask();
    const { error, result } = await send('tasks/update', { taskId: 'task-1', inputResponses: {} });
    expect(error).toBeUndefined();
    expect(result).toMatchObject({ resultType: 'complete' });
  });

  it.each(['tasks/get', 'tasks/update', 'tasks/cancel'])(
    '%s refuses an unknown id',
    async (method) => {
      const { error } = await send(method, { taskId: 'none', inputResponses: {} });
      expect(error?.code).toBe(-32_602);
    },
  );

  it.each(['tasks/get', 'tasks/update', 'tasks/cancel'])(
    '%s refuses a client that does not declare it',
    async (method) => {
      const { error } = await send(method, { taskId: 'task-1', inputResponses: {} }, {});
      expect(error?.code).toBe(-32_021);
      expect(api.seen).toEqual([]);
    },
  );

  it('gives no handle to a client that does not declare it', async () => {
    const args = { question: 'Ready?', wait_seconds: 0 };
    const { result } = await send('tools/call', { name: 'ask_human', arguments: args }, {});
    expect(result).toMatchObject({ resultType: 'complete', structuredContent: { answer: null } });
  });

  it('says what the API said where it refuses', async () => {
    await ask();
    api.failNext(429, {
      type: 'rate_limit_exceeded',
      code: 'rate_limit_exceeded',
      message: 'Slow down.',
    });
    const { error } = await get('task-1');
    expect(error?.message).toContain('Slow down.');
  });
});
