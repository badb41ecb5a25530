import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConflictError, HumanRail, NotFoundError, ValidationError } from '../src/index.js';
import { killedAndRunAgain } from './ask-crash.js';

/**
 * Against a running app: set HUMANRAIL_LIVE_BASE_URL and HUMANRAIL_LIVE_API_KEY (a test key).
 * Left out where they are not set, since the other suites need no app.
 */
const baseUrl = process.env.HUMANRAIL_LIVE_BASE_URL;
const apiKey = process.env.HUMANRAIL_LIVE_API_KEY;

describe.runIf(baseUrl && apiKey)('against a running app', { timeout: 90_000 }, () => {
  const client = () => new HumanRail({ apiKey, baseUrl });
  const outputSchema = {
    type: 'object',
    required: ['verdict'],
    properties: { verdict: { type: 'string', enum: ['genuine', 'ai_generated', 'uncertain'] } },
  } as const;
  const question = {
    type: 'content_review',
    payload: { text: 'Is this review genuine?', some_key: 1, camelKey: 2 },
    outputSchema,
    payoutSats: 500,
    slaSeconds: 300,
  };

  it('a task is answered as its sandbox script says, and its money adds up', async () => {
    const task = await client().tasks.create({
      ...question,
      metadata: { order_id: 'o-1' },
      sandbox: { outcome: 'verified', answer: { verdict: 'genuine' }, delaySeconds: 0 },
    });
    expect(task).toMatchObject({ object: 'task', mode: 'test', payoutSats: 500, output: null });
    expect(task.payload).toEqual(question.payload);
    expect(task.metadata).toEqual({ order_id: 'o-1' });

    const done = await client().tasks.waitForCompletion(task.id, { timeoutMs: 60_000 });
    expect(done.status).toBe('verified');
    expect(done.output).toEqual({ verdict: 'genuine' });
    expect(done.costSats.charged).toBeGreaterThanOrEqual(500);

    const streamed: string[] = [];
    for await (const event of client().tasks.streamEvents(task.id)) streamed.push(event.type);
    expect(streamed.at(0)).toBe('task.created');
    expect(streamed.at(-1)).toBe('task.completed');
    const listed = (await client().tasks.events(task.id)).map((event) => event.type);
    expect(listed).toEqual(streamed);

    const receipt = await client().tasks.receipt(task.id);
    expect(receipt).toMatchObject({ object: 'receipt', task_id: task.id, status: 'verified' });
  });

  it('ask gives the typed answer, and the same one when the same is asked again', async () => {
    const returns = z.object({ verdict: z.enum(['genuine', 'ai_generated']) });
    const options = { payload: { order: randomUUID() }, returns, timeoutMs: 80_000 };
    const first = await client().ask('Is this review genuine?', options);
    expect(returns.parse(first.value)).toEqual(first.value);
    expect(first.task).toMatchObject({ status: 'verified', output: first.value });
    const again = await client().ask('Is this review genuine?', options);
    expect([again.task.id, again.value]).toEqual([first.task.id, first.value]);
  });

  it('a guarded tool asks anew for each call', async () => {
    const order = randomUUID();
    const ids: string[] = [];
    const refund = client().requireApproval(() => 'refunded', {
      tool: 'issue_refund',
      show: () => ({ order }),
      metadata: { order },
      timeoutMs: 40_000,
    });
    for (const _ of [1, 2]) await refund().catch(({ task }) => expect(task.id).toBeTruthy());
    for await (const task of client().tasks.list({ metadata: { order } })) ids.push(task.id);
    expect(new Set(ids).size).toBe(2);
  });

  it('a program that was killed while it waited finds its task and its answer', async () => {
    const run = randomUUID();
    const { first, second } = await killedAndRunAgain(baseUrl as string, apiKey as string, run);
    expect(first).toBeUndefined();
    const tasks = (await client().tasks.list({ metadata: { run } })).data;
    expect(tasks).toHaveLength(1);
    expect(second).toEqual({ id: tasks[0]?.id, value: tasks[0]?.output });
  });

  it('the same key gives the same task, and refuses another body', async () => {
    const idempotencyKey = `live-${randomUUID()}`;
    const first = await client().tasks.create({ ...question, idempotencyKey });
    const second = await client().tasks.create({ ...question, idempotencyKey });
    expect(second.id).toBe(first.id);
    const other = client().tasks.create({ ...question, payoutSats: 501, idempotencyKey });
    await expect(other).rejects.toBeInstanceOf(ConflictError);
  });

  it('a batch gives one result an item, and lists go over pages', async () => {
    const tag = randomUUID();
    const metadata = { tag };
    const results = await client().tasks.createBatch([
      { ...question, metadata },
      { ...question, metadata, payoutSats: 0 },
      { ...question, metadata },
    ]);
    expect(results.map((result) => result.status)).toEqual([201, 400, 201]);
    const ids: string[] = [];
    for await (const task of client().tasks.list({ limit: 1, metadata })) ids.push(task.id);
    const created = results.flatMap((result) => (result.task ? [result.task.id] : []));
    expect(ids).toEqual(created.sort().reverse());
  });

  it('errors come as their classes, with the request id', async () => {
    const missing = client().tasks.get('0198c0de-0000-7000-8000-000000000000');
    await expect(missing).rejects.toBeInstanceOf(NotFoundError);
    const bad = await client()
      .tasks.create({ ...question, slaSeconds: 1 })
      .catch((error: unknown) => error);
    expect(bad).toBeInstanceOf(ValidationError);
    expect(bad).toMatchObject({ status: 400, param: 'sla_seconds' });
    expect((bad as ValidationError).requestId).toBeTruthy();
  });

  it('endpoints live their life', async () => {
    const { webhooks } = client();
    // Only what no task of these tests does, since their events would be deliveries too.
    const endpoint = await webhooks.create({
      url: 'https://example.com/hook',
      events: ['task.expired'],
    });
    expect(endpoint.secret).toMatch(/^whsec_/);
    expect(await webhooks.get(endpoint.id)).not.toHaveProperty('secret');
    expect(await webhooks.update(endpoint.id, { status: 'disabled' })).toMatchObject({
      status: 'disabled',
    });
    expect((await webhooks.rotate(endpoint.id)).secret).not.toBe(endpoint.secret);
    expect((await webhooks.deliveries(endpoint.id)).data).toEqual([]);
    const { secret } = await webhooks.getCallbackSecret();
    const rotated = await webhooks.rotateCallbackSecret();
    expect(rotated.secret).not.toBe(secret);
    expect(rotated.previousSecretExpiresAt).not.toBeNull();
    await webhooks.delete(endpoint.id);
    await expect(webhooks.get(endpoint.id)).rejects.toBeInstanceOf(NotFoundError);
  });

  it('quotes, balance, usage and task types answer', async () => {
    const quote = await client().quotes.create(question);
    expect(quote.costSats.held).toBeGreaterThanOrEqual(500);
    expect((await client().balance.get()).mode).toBe('test');
    expect(await client().usage.get({ period: 'day' })).toHaveProperty('object');
    const types: string[] = [];
    for await (const type of client().taskTypes.list()) types.push(type.type);
    expect(types).toContain('content_review');
  });
});
