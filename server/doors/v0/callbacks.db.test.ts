import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { recordTaskEvent } from '@/server/features/tasks';
import { V0Event, V0EventType } from '@/server/features/v0/schema';
import { replayDelivery } from '@/server/features/webhooks';
import { createDeliveries } from '@/server/features/webhooks/create-deliveries';
import { tryDelivery } from '@/server/features/webhooks/deliver/try-delivery';
import { Event } from '@/server/features/webhooks/schema';
import { db, transaction } from '@/server/platform/db';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization, keyActor } from '@/server/testing/factories';
import { V0_CREATE } from '@/server/testing/v0-create';
import { type Received, useWebhookReceiver } from '@/server/testing/webhook-receiver';

useTestDatabase();
const receiver = useWebhookReceiver();

async function customer() {
  const organization = await createOrganization();
  const key = (await createKey(organization, 'test')).text;
  const { body } = await call('GET', '/v1/webhooks/callback_secret', { key });
  return { organization, key, secret: String(body.secret) };
}

/** A v0 task whose events go to a path of the receiver. */
async function createTask(key: string, path: string): Promise<string> {
  const body = { ...V0_CREATE, idempotencyKey: path, callbackUrl: receiver.url(path) };
  return String((await call('POST', '/v0/tasks', { key, body })).body.id);
}

/** Creates the deliveries of a task's events of a type, like the outbox. */
async function deliveriesOf(taskId: string, type: string): Promise<string[]> {
  const event = await db.taskEvent.findFirstOrThrow({ where: { taskId, type } });
  const { id: taskEventId, organizationId, mode } = event;
  const facts = [{ taskEventId, taskId, organizationId, mode, type }];
  return (await transaction((tx) => createDeliveries(tx, facts))).map(({ id }) => id);
}

/** A receiver's signature check, as in the published clients. */
function isSignedBy(secret: string, { headers, body }: Received): boolean {
  const [, t, v1] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-escalation-signature'])) ?? [];
  return v1 === createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
}

describe('the callback of a v0 task', () => {
  it('is told in v0, signed with the organization’s secret', async () => {
    const { key, secret } = await customer();
    const taskId = await createTask(key, '/told');
    const [id = ''] = await deliveriesOf(taskId, 'task.created');
    await tryDelivery(id, null);
    const [got] = receiver.received('/told');
    if (!got) throw new Error('Nothing arrived.');
    const event = V0Event.parse(JSON.parse(got.body));
    const shown = await call('GET', `/v0/tasks/${taskId}`, { key });
    expect(event).toMatchObject({ type: 'task.posted', data: { id: taskId, status: 'posted' } });
    expect(event.data).toEqual(shown.body);
    expect(event.id).toBe(got.headers['webhook-id']);
    expect(isSignedBy(secret, got)).toBe(true);
    expect(isSignedBy('whsec_other', got)).toBe(false);
    expect(got.headers).not.toHaveProperty('x-humanrail-signature');
  });

  it('stays in v0 over retries and replays, byte for byte', async () => {
    const { organization, key, secret } = await customer();
    const taskId = await createTask(key, '/again');
    const [id = ''] = await deliveriesOf(taskId, 'task.created');
    receiver.answer('/again', { status: 500 });
    const first = await tryDelivery(id, null);
    receiver.answer('/again', { status: 200 });
    await tryDelivery(id, first.state === 'open' ? first.attemptCount : null);
    await replayDelivery(await keyActor(organization), id);
    await tryDelivery(id, null);
    const got = receiver.received('/again');
    expect(got).toHaveLength(3);
    expect(new Set(got.map(({ body }) => body)).size).toBe(1);
    expect(got.every((each) => isSignedBy(secret, each))).toBe(true);
  });

  it('hears nothing of events that v0 has no name for', async () => {
    const { key } = await customer();
    const taskId = await createTask(key, '/completed');
    await transaction((tx) =>
      recordTaskEvent(tx, { taskId, type: 'task.completed', by: 'system' }),
    );
    expect(await deliveriesOf(taskId, 'task.completed')).toEqual([]);
    expect(await db.webhookEvent.count({ where: { taskId } })).toBe(0);
  });

  it('is v0’s alone: endpoints hear of the same task in v1', async () => {
    const { key } = await customer();
    await call('POST', '/v1/webhooks', { key, body: { url: receiver.url('/endpoint') } });
    const taskId = await createTask(key, '/callback');
    for (const id of await deliveriesOf(taskId, 'task.created')) await tryDelivery(id, null);
    const [toEndpoint] = receiver.received('/endpoint');
    const event = Event.parse(JSON.parse(toEndpoint?.body ?? ''));
    expect(event).toMatchObject({ object: 'event', type: 'task.created', data: { id: taskId } });
    expect(toEndpoint?.headers).toHaveProperty('x-humanrail-signature');
    expect(toEndpoint?.headers).not.toHaveProperty('x-escalation-signature');
    expect(JSON.parse(receiver.received('/callback')[0]?.body ?? '').type).toBe('task.posted');
  });

  it('of a v1 task is told in v1, in an organization that uses both', async () => {
    const { key } = await customer();
    await createTask(key, '/older');
    const callback_url = receiver.url('/newer');
    const { body } = await call('POST', '/v1/tasks', {
      key,
      body: { type: 'newer', payload: { q: 1 }, callback_url },
    });
    for (const id of await deliveriesOf(String(body.id), 'task.created')) {
      await tryDelivery(id, null);
    }
    expect(JSON.parse(receiver.received('/newer')[0]?.body ?? '')).toMatchObject({
      object: 'event',
      type: 'task.created',
    });
  });
});

describe('POST /v0/webhooks/test', () => {
  it.each(V0EventType.options)('sends %s at once, to the URL that is given', async (eventType) => {
    const { key, secret } = await customer();
    const path = `/test/${eventType}`;
    const answer = await call('POST', '/v0/webhooks/test', {
      key,
      body: { eventType, callbackUrl: receiver.url(path) },
    });
    expect(answer.status).toBe(200);
    const [got] = receiver.received(path);
    if (!got) throw new Error('Nothing arrived.');
    const event = V0Event.parse(JSON.parse(got.body));
    expect(event).toMatchObject({ id: answer.body.eventId, type: eventType });
    expect(isSignedBy(secret, got)).toBe(true);
    expect(Object.keys(answer.body).toSorted()).toEqual(['deliveredAt', 'eventId', 'statusCode']);
    expect(answer.body.statusCode).toBe(200);
    expect(await db.delivery.findFirst({ where: { eventId: event.id } })).toMatchObject({
      status: 'delivered',
      dialect: 'v0',
      endpointId: null,
    });
  });

  it('goes to the latest callback URL of v0 where none is given', async () => {
    const { key } = await customer();
    await createTask(key, '/earlier');
    await createTask(key, '/latest');
    const body = { eventType: 'task.failed' };
    await call('POST', '/v0/webhooks/test', { key, body });
    expect(receiver.received('/earlier')).toEqual([]);
    const [got] = receiver.received('/latest');
    expect(JSON.parse(got?.body ?? '').data.failureReason).toMatch(/test/);
  });

  it('says why it was not delivered', async () => {
    const { key } = await customer();
    receiver.answer('/refuses', { status: 503 });
    const { status, body } = await call('POST', '/v0/webhooks/test', {
      key,
      body: { eventType: 'task.posted', callbackUrl: receiver.url('/refuses') },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ statusCode: 503, error: expect.stringContaining('503') });
    expect(body).not.toHaveProperty('deliveredAt');
  });

  it.each([
    ['callbackUrl', { eventType: 'task.posted' }],
    ['callbackUrl', { eventType: 'task.posted', callbackUrl: 'https://169.254.169.254/' }],
    ['eventType', { callbackUrl: 'https://example.com' }],
    ['eventType', { eventType: 'task.created', callbackUrl: 'https://example.com' }],
  ])('answers 400 and names %s at fault (%#)', async (field, body) => {
    const { key } = await customer();
    const answer = await call('POST', '/v0/webhooks/test', { key, body });
    expect([answer.status, Object.keys(answer.body.error?.details as object)]).toEqual([
      400,
      [field],
    ]);
  });
});
