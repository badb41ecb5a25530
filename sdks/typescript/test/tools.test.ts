import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { HumanTools, type ToolCall } from '../src/tools.js';
import { ApiServer, json } from './api-server.js';

const server = new ApiServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

const verified = (output: unknown) =>
  json(200, { id: '01', status: 'verified', output, confidence: 0.9 });
const tools = (options = {}) => new HumanTools(server.client(), options);

describe('the definitions', () => {
  it('have the shape of each API', () => {
    const [openai] = tools().openai();
    const [responses] = tools().openaiResponses();
    const [anthropic] = tools().anthropic();
    const parameters = { type: 'object', required: ['question'], additionalProperties: false };
    expect(openai).toMatchObject({ type: 'function', function: { name: 'ask_human', parameters } });
    expect(responses).toMatchObject({
      type: 'function',
      name: 'ask_human',
      strict: false,
      parameters,
    });
    expect(anthropic).toMatchObject({ name: 'ask_human', input_schema: parameters });
    expect([...tools().names]).toEqual(['ask_human', 'create_task', 'get_task', 'cancel_task']);
  });
});

describe('a call', () => {
  const input = { question: 'Is it a cat?', schema: { type: 'boolean' } };
  const text = JSON.stringify(input);

  it.each<[ToolCall, object]>([
    [
      { type: 'function', id: 'c1', function: { name: 'ask_human', arguments: text } },
      { role: 'tool', tool_call_id: 'c1', content: 'true' },
    ],
    [
      { type: 'function_call', call_id: 'c2', name: 'ask_human', arguments: text },
      { type: 'function_call_output', call_id: 'c2', output: 'true' },
    ],
    [
      { type: 'tool_use', id: 'c3', name: 'ask_human', input },
      { type: 'tool_result', tool_use_id: 'c3', content: 'true' },
    ],
  ])('is answered in its own shape: %o', async (call, reply) => {
    server.answerWith(verified(true));
    expect(await tools({ payoutSats: 700 }).run(call)).toEqual(reply);
    expect(server.requests[0]?.body).toMatchObject({
      payload: { question: 'Is it a cat?' },
      output_schema: { type: 'boolean' },
      payout_sats: 700,
    });
  });

  it('keeps the type of its reply', () => {
    const run = () =>
      tools().run({ type: 'tool_use', id: 'c', name: 'get_task', input: { task_id: '1' } });
    expectTypeOf(run).returns.resolves.toEqualTypeOf<{
      type: 'tool_result';
      tool_use_id: string;
      content: string;
      is_error?: true;
    }>();
  });

  it('that repeats a create makes one task', async () => {
    server.answerWith(json(201, { id: '01', status: 'posted', output: null, confidence: null }));
    const call = { type: 't', payload: { a: 1 } };
    const answers = [await tools().answer('create_task', call)];
    answers.push(await tools().answer('create_task', JSON.stringify(call)));
    const bodies = server.requests.map(({ body }) => body as { idempotency_key: string });
    expect(bodies[0]?.idempotency_key).toMatch(/^tool:[0-9a-f]{32}$/);
    expect(bodies[1]).toEqual(bodies[0]);
    const told = { task_id: '01', status: 'posted', output: null, confidence: null };
    expect(answers.map((answer) => JSON.parse(answer))).toEqual([told, told]);
  });

  it('reads and cancels tasks, and tells why they failed', async () => {
    const failure_reason = { code: 'x', message: 'Nobody knew.' };
    server.answerWith(json(200, { id: '1', status: 'failed', output: null, failure_reason }));
    const read = await tools().answer('get_task', { task_id: '1' });
    expect(JSON.parse(read)).toMatchObject({ status: 'failed', failure_reason: 'Nobody knew.' });
    await tools().answer('cancel_task', { task_id: '1' });
    expect(server.requests.map(({ path }) => path)).toEqual(['/v1/tasks/1', '/v1/tasks/1/cancel']);
  });
});

describe('what a model does wrong is told to the model', () => {
  it.each([
    ['ask_human', '{', 'must be a JSON object'],
    ['ask_human', '[]', 'must be a JSON object'],
    ['ask_human', '{"payload": {}}', 'ask_human needs question'],
    ['ask_human', '{"question": null}', 'ask_human needs question'],
    ['ask_human', '{"question": 5}', 'question must be of type string'],
    ['ask_human', '{"question": "a", "payload": []}', 'payload must be of type object'],
    ['ask_human', '{"question": "a", "mood": "b"}', 'takes question, payload, schema, not mood'],
    ['ask_human', '{"question": "a", "schema": {"kind": 1}}', 'returns is no JSON Schema'],
    ['sing', '{}', 'There is no tool sing'],
  ])('%s(%s)', async (name, args, message) => {
    server.answerWith(verified(true));
    const call = { type: 'tool_use', id: 'c', name, input: args } as const;
    const reply = await tools().run(call);
    expect(reply).toMatchObject({ type: 'tool_result', is_error: true });
    expect(reply.content).toContain(message);
    expect(server.requests).toHaveLength(0);
  });

  it('as is what the API refuses', async () => {
    server.answerWith(json(402, { error: { message: 'Top up.' } }));
    const reply = await tools().run({
      type: 'function',
      id: 'c',
      function: { name: 'ask_human', arguments: '{"question": "a"}' },
    });
    expect(reply.content).toBe('InsufficientFundsError: Top up.');
  });
});

it('what is no call of a tool is the program’s fault, and so is an abort', async () => {
  await expect(tools().run({ type: 'text' } as never)).rejects.toThrow(/no call of a tool/);
  await expect(tools().run(undefined as never)).rejects.toThrow(/no call of a tool/);
  const reason = new Error('enough');
  const call = { type: 'tool_use', id: 'c', name: 'get_task', input: { task_id: '1' } } as const;
  await expect(tools({ signal: AbortSignal.abort(reason) }).run(call)).rejects.toBe(reason);
});
