import { generateText, stepCountIs, type ToolSet, tool } from 'ai';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { z } from 'zod';
import { scriptedModel, type Turn } from '../examples/scripted-model.js';
import { askHuman, withApproval } from '../src/ai.js';
import { ApiServer, json } from './api-server.js';

const server = new ApiServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

const verified = (output: unknown) =>
  json(200, { id: '01', status: 'verified', output, confidence: 0.9 });

/** Lets the AI SDK carry the calls out, and gives the parts that the model is told of them. */
async function carryOut(tools: ToolSet, ...turns: Turn[]) {
  const { steps } = await generateText({
    model: scriptedModel([...turns, { text: 'done' }]),
    prompt: 'go on',
    tools,
    stopWhen: stepCountIs(5),
  });
  return steps
    .flatMap(({ content }) => content)
    .filter(({ type }) => /^tool-(result|error)/.test(type));
}

describe('askHuman', () => {
  const question = 'Is it a cat?';

  it('lets the model choose payload and schema', async () => {
    server.answerWith(verified(true));
    const input = { question, payload: { url: 'x' }, schema: { type: 'boolean' } };
    const parts = await carryOut(
      { ask_human: askHuman(server.client(), { payoutSats: 700 }) },
      { call: 'ask_human', input },
    );
    expect(parts).toMatchObject([
      { type: 'tool-result', output: { answer: true, confidence: 0.9, task_id: '01' } },
    ]);
    expect(server.requests[0]?.body).toMatchObject({
      payload: { question, url: 'x' },
      output_schema: { type: 'boolean' },
      payout_sats: 700,
    });
  });

  it('types the answer where you say how it looks, and does not offer that to the model', async () => {
    server.answerWith(verified({ cat: true }));
    const returns = z.object({ cat: z.boolean() });
    const ask = askHuman(server.client(), { returns, description: 'Asks the crew.' });
    expectTypeOf<Awaited<ReturnType<NonNullable<typeof ask.execute>>>>().toExtend<
      { answer: { cat: boolean } } | AsyncIterable<unknown>
    >();
    expect(ask.description).toBe('Asks the crew.');
    const [part] = await carryOut({ ask }, { call: 'ask', input: { question } });
    expect(part).toMatchObject({ output: { answer: { cat: true } } });
    const { inputSchema } = ask as unknown as {
      inputSchema: { jsonSchema: { properties: object } };
    };
    expect(Object.keys(inputSchema.jsonSchema.properties)).toEqual(['question', 'payload']);
  });

  it('tells the model what failed', async () => {
    const failure_reason = { code: 'x', message: 'Nobody knew.' };
    server.answerWith(json(200, { id: '01', status: 'failed', output: null, failure_reason }));
    const ask = askHuman(server.client());
    const [part] = await carryOut({ ask }, { call: 'ask', input: { question } });
    expect(part).toMatchObject({
      type: 'tool-error',
      error: { name: 'TaskFailedError', message: expect.stringContaining('Nobody knew.') },
    });
  });

  it('ends with the model’s own signal', async () => {
    const abort = new AbortController();
    server.answerWith(json(200, { id: '01', status: 'posted' }), () => abort.abort());
    const run = generateText({
      model: scriptedModel([{ call: 'ask', input: { question } }, { text: 'done' }]),
      prompt: 'go on',
      tools: { ask: askHuman(server.client()) },
      stopWhen: stepCountIs(2),
      abortSignal: abort.signal,
      maxRetries: 0,
    });
    await run.catch(() => undefined);
    expect(server.requests).toHaveLength(2);
  });
});

describe('withApproval', () => {
  const execute = vi.fn(async ({ order }: { order: string }) => `refunded ${order}`);
  const refund = tool({
    description: 'Pays back.',
    inputSchema: z.object({ order: z.string() }),
    execute,
  });
  const call: Turn = { call: 'refund', input: { order: 'o-1' } };
  const guarded = (options = {}) =>
    withApproval(server.client(), refund, { tool: 'issue_refund', ...options });

  it('runs the tool after a yes, whose question shows the input alone', async () => {
    execute.mockClear();
    server.answerWith(verified({ approved: true }));
    const parts = await carryOut({ refund: guarded() }, call);
    expect(parts).toMatchObject([{ type: 'tool-result', output: 'refunded o-1' }]);
    expect(execute).toHaveBeenCalledTimes(1);
    expect(server.requests[0]?.body).toMatchObject({
      payload: {
        question: 'Allow the call of issue_refund?',
        tool: 'issue_refund',
        arguments: { order: 'o-1' },
      },
      idempotency_key: expect.stringMatching(/^approval:/),
    });
  });

  it('does not run it after a no, and tells the model the reason', async () => {
    execute.mockClear();
    server.answerWith(verified({ approved: false, reason: 'Too late' }));
    const [part] = await carryOut({ refund: guarded() }, call);
    expect(part).toMatchObject({
      type: 'tool-error',
      error: { name: 'ApprovalDeniedError', reason: 'Too late' },
    });
    expect(execute).not.toHaveBeenCalled();
  });

  it('can make the key of the call’s id', async () => {
    server.answerWith(verified({ approved: true }));
    const key = (_: unknown, { toolCallId }: { toolCallId: string }) => `run-7:${toolCallId}`;
    await carryOut({ refund: guarded({ key }) }, call);
    expect(server.requests[0]?.body).toMatchObject({ idempotency_key: 'run-7:call-1' });
  });

  it('gives the whole of a result that comes in parts', async () => {
    server.answerWith(verified({ approved: true }));
    const parts = tool({
      inputSchema: z.object({ order: z.string() }),
      execute: async function* () {
        yield 'half';
        yield 'whole';
      },
    });
    const [part] = await carryOut(
      { refund: withApproval(server.client(), parts, { tool: 'parts' }) },
      call,
    );
    expect(part).toMatchObject({ type: 'tool-result', output: 'whole' });
  });

  it('refuses a tool that is carried out elsewhere', () => {
    const elsewhere = tool({ inputSchema: z.object({}) });
    expect(() => withApproval(server.client(), elsewhere as never, { tool: 'x' })).toThrow(
      /an execute of their own/,
    );
  });
});
