import { createHmac } from 'node:crypto';
import { InngestTestEngine, mockCtx } from '@inngest/test';
import { Inngest, NonRetriableError } from 'inngest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import {
  ConnectionError,
  InternalError,
  TaskExpiredError,
  ValidationError,
  WebhookSignatureError,
} from '../src/index.js';
import { askHuman, inngestEvent, TASK_UPDATED } from '../src/inngest.js';
import { ApiServer, json, reset } from './api-server.js';

const server = new ApiServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

const noop = () => {};
const expires_at = new Date(Date.now() + 600_000).toISOString();
const posted = { id: '01', status: 'posted', output: null, confidence: null, expires_at };
const verified = { ...posted, status: 'verified', output: { approved: true }, confidence: 0.9 };

const silent = { info: noop, warn: noop, error: noop, debug: noop };
const inngest = new Inngest({ id: 'shop', isDev: true, logger: silent });
const returns = z.object({ approved: z.boolean() });
const refund = inngest.createFunction(
  { id: 'refund', triggers: [{ event: 'shop/refund' }] },
  async ({ event, step }) => {
    const answer = await askHuman(step, server.client({ maxRetries: 0 }), 'Refund?', {
      payload: event.data,
      returns,
      stepId: 'refund',
    });
    const { approved } = answer.value;
    return { approved, confidence: answer.confidence };
  },
);

/**
 * Runs the function in Inngest's own test engine, which carries steps out and remembers them. It does
 * not wait, so what its waits come to is given here.
 */
function engine(...events: unknown[]) {
  const waitForEvent = vi.fn((id: string, _: object) =>
    Promise.resolve(events[Number(id.slice(-1)) - 1] ?? null),
  );
  const run = new InngestTestEngine({
    function: refund,
    events: [{ name: 'shop/refund', data: { order: 'o-1' } }],
    transformCtx: (raw) => {
      const ctx = mockCtx(raw);
      ctx.step.waitForEvent = waitForEvent as never;
      return ctx;
    },
  });
  return { run, waits: () => new Map(waitForEvent.mock.calls) };
}

const woken = { name: TASK_UPDATED, data: {} };

describe('askHuman', () => {
  it('creates in a step, waits for the webhook’s event, and reads the answer', async () => {
    server.answerWith(json(201, posted), json(200, verified));
    const { run, waits } = engine(woken);
    const { result } = await run.execute();
    expect(result).toEqual({ approved: true, confidence: 0.9 });
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v1/tasks',
      'GET /v1/tasks/01',
    ]);
    const wait = {
      event: TASK_UPDATED,
      timeout: 30_000,
      if: "async.data.taskId == '01' && async.data.ended == true",
    };
    expect([...waits()]).toEqual([['refund/wait-1', wait]]);
  });

  it('needs no event where the task has ended by now', async () => {
    server.answerWith(json(200, verified));
    const { run, waits } = engine();
    expect((await run.execute()).result).toMatchObject({ approved: true });
    expect(waits().size).toBe(0);
  });

  it('finds the answer whose webhook came before the wait, or never', async () => {
    server.answerWith(json(201, posted), json(200, verified));
    expect((await engine().run.execute()).result).toMatchObject({ approved: true });
    server.answerWith(json(201, posted), json(200, posted), json(200, verified));
    const { run, waits } = engine();
    expect((await run.execute()).result).toMatchObject({ approved: true });
    expect([...waits().keys()]).toEqual(['refund/wait-1', 'refund/wait-2']);
    expect(waits().get('refund/wait-2')).toMatchObject({
      timeout: new Date(Date.parse(expires_at) + 60_000),
    });
  });

  it('does not believe an event that says more than the API', async () => {
    server.answerWith(json(201, posted), json(200, posted));
    const forged = { name: TASK_UPDATED, data: { ended: true, task: verified } };
    const { error } = await engine(forged, forged).run.execute();
    expect(error).toMatchObject({ message: expect.stringContaining('and is posted') });
  });
});

describe('what does not get better ends the function, and the rest does not', () => {
  const step = {
    run: (_: string, fn: () => Promise<unknown>) => fn(),
    waitForEvent: () => Promise.resolve(null),
  };
  const ask = (options = {}) =>
    askHuman(step, server.client({ maxRetries: 0 }), 'Refund?', options).catch(
      (error: unknown) => error,
    );

  it.each([
    ['a task that expired', json(200, { ...posted, status: 'expired' }), TaskExpiredError],
    ['what the API refuses', json(400, { error: { message: 'No.' } }), ValidationError],
  ])('%s', async (_, answer, cause) => {
    server.answerWith(answer);
    const error = await ask();
    expect(error).toBeInstanceOf(NonRetriableError);
    expect((error as Error).cause).toBeInstanceOf(cause);
  });

  it.each([
    ['an API that fails', json(503, ''), InternalError],
    ['an API that is away', reset, ConnectionError],
  ])('%s is left to Inngest, which tries again', async (_, answer, expected) => {
    server.answerWith(answer);
    expect(await ask()).toBeInstanceOf(expected);
  });
});

describe('inngestEvent', () => {
  const signed = (body: unknown) => {
    const payload = JSON.stringify(body);
    const now = Math.floor(Date.now() / 1000);
    const digest = createHmac('sha256', 's').update(`${now}.${payload}`).digest('hex');
    return { payload, signature: `t=${now},v1=${digest}`, secret: 's' };
  };
  const webhook = {
    id: 'evt_1',
    object: 'event',
    type: 'task.verified',
    mode: 'test',
    created_at: '2026-01-31T12:00:00.000Z',
    data: { ...verified, payout_sats: 5 },
  };

  it('is the webhook’s task, with the webhook’s id and time', () => {
    expect(inngestEvent(signed(webhook))).toMatchObject({
      id: 'evt_1',
      name: TASK_UPDATED,
      data: { taskId: '01', type: 'task.verified', ended: true, task: { payoutSats: 5 } },
      ts: Date.parse(webhook.created_at),
    });
    const open = { ...webhook, type: 'task.created', data: posted };
    expect(inngestEvent(signed(open))?.data.ended).toBe(false);
  });

  it('is none of a webhook without a task, and nothing unsigned', () => {
    expect(inngestEvent(signed({ ...webhook, type: 'webhook.test', data: {} }))).toBeUndefined();
    expect(() => inngestEvent({ ...signed(webhook), secret: 'other' })).toThrow(
      WebhookSignatureError,
    );
  });
});
