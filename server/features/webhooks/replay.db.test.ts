import { describe, expect, it } from 'vitest';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, memberActor } from '@/server/testing/factories';
import { createEndpointAt, createPendingDelivery } from '@/server/testing/pending-delivery';
import { useWebhookReceiver } from '@/server/testing/webhook-receiver';
import { tryDelivery } from './deliver/try-delivery';
import {
  getDelivery,
  listDeliveries,
  replayDelivery,
  replayFailed,
  testEndpoint,
  updateEndpoint,
} from './index';
import { subscribers } from './jobs';

useTestDatabase();
const receiver = useWebhookReceiver();

/** What the outbox told of replays, as the engine would get it. */
async function replayEvents(deliveryId: string) {
  const rows = await db.$queryRaw<{ id: string; topic: string; key: string; data: object }[]>`
    SELECT id, topic, key, data FROM outbox
     WHERE topic = 'delivery.replayed' AND data->>'deliveryId' = ${deliveryId}`;
  return transaction(async (tx) =>
    subscribers['delivery.replayed']?.(
      rows.map((row) => ({
        ...row,
        data: row.data as Record<string, string>,
        live: null,
        attempts: 0,
        createdAt: new Date(),
      })),
      tx,
    ),
  );
}

describe('replaying one delivery', () => {
  it('sends it again with the same event id, and the log keeps both tries', async () => {
    const { organization, owner, endpoint } = await createEndpointAt(receiver.url('/again'));
    const id = await createPendingDelivery(organization.id, { endpointId: endpoint.id });
    await tryDelivery(id, null);
    expect(await replayDelivery(owner, id)).toMatchObject({
      status: 'pending',
      attempt_count: 1,
      delivered_at: null,
    });
    expect(await replayEvents(id)).toEqual([
      {
        id: expect.stringContaining(id),
        name: 'webhook/deliver',
        data: { deliveryId: id, host: new URL(endpoint.url).host },
      },
    ]);
    expect(await tryDelivery(id, null)).toEqual({ state: 'closed' });
    const ids = receiver.received('/again').map(({ headers }) => headers['webhook-id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    const { attempts, status } = await getDelivery(owner, id);
    expect(status).toBe('delivered');
    expect(attempts.map(({ number }) => number)).toEqual([2, 1]);
  });

  it('begins the retry schedule anew', async () => {
    const { organization, owner, endpoint } = await createEndpointAt(receiver.url('/anew'));
    receiver.answer('/anew', { status: 500 });
    const id = await createPendingDelivery(organization.id, { endpointId: endpoint.id });
    await db.delivery.update({ where: { id }, data: { attemptCount: 10, status: 'failed' } });
    await replayDelivery(owner, id);
    const outcome = await tryDelivery(id, null);
    expect(outcome).toMatchObject({ state: 'open', attemptCount: 11 });
    expect(outcome.state === 'open' && outcome.delayMs).toBeLessThan(6_000);
  });

  it('is refused while the endpoint is disabled, and for strangers', async () => {
    const { organization, owner, endpoint } = await createEndpointAt(receiver.url('/off'));
    const id = await createPendingDelivery(organization.id, { endpointId: endpoint.id });
    const stranger = await memberActor(await createOrganization({ funds: 0n }));
    await expect(replayDelivery(stranger, id)).rejects.toMatchObject({ status: 404 });
    await expect(replayDelivery(owner, newId())).rejects.toMatchObject({ status: 404 });
    await updateEndpoint(owner, endpoint.id, { status: 'disabled' });
    await expect(replayDelivery(owner, id)).rejects.toMatchObject({
      status: 409,
      code: 'endpoint_disabled',
    });
  });
});

describe('replaying what failed', () => {
  it('takes what failed for good since then, of this endpoint alone', async () => {
    const { organization, owner, endpoint } = await createEndpointAt(receiver.url('/since'));
    const to = { endpointId: endpoint.id };
    const [old, fresh, delivered, pending, elsewhere] = [
      await createPendingDelivery(organization.id, to),
      await createPendingDelivery(organization.id, to),
      await createPendingDelivery(organization.id, to),
      await createPendingDelivery(organization.id, to),
      await createPendingDelivery(organization.id, { url: receiver.url('/elsewhere') }),
    ];
    const since = new Date(Date.now() - 60_000);
    await db.delivery.updateMany({
      where: { id: { in: [old, fresh, elsewhere] } },
      data: { status: 'failed', nextAttemptAt: null },
    });
    await db.delivery.update({
      where: { id: old },
      data: { createdAt: new Date(since.getTime() - 1) },
    });
    await db.delivery.update({ where: { id: delivered }, data: { status: 'delivered' } });

    const replay = () => replayFailed(owner, endpoint.id, { since: since.toISOString() });
    expect(await replay()).toEqual({ object: 'replay', replayed: 1 });
    expect(await replay()).toEqual({ object: 'replay', replayed: 0 });
    const { data } = await listDeliveries(owner, endpoint.id, { limit: 20 });
    const statuses = Object.fromEntries(data.map((delivery) => [delivery.id, delivery.status]));
    expect(statuses).toEqual({
      [old]: 'failed',
      [fresh]: 'pending',
      [delivered]: 'delivered',
      [pending]: 'pending',
    });
    const failed = await listDeliveries(owner, endpoint.id, { limit: 20, status: 'failed' });
    expect(failed.data.map(({ id }) => id)).toEqual([old]);
  });
});

describe('a test event', () => {
  it('is sent at once, signed, and says what the endpoint answered', async () => {
    const { owner, endpoint } = await createEndpointAt(receiver.url('/test'));
    receiver.answer('/test', { status: 201, body: 'got it' });
    const result = await testEndpoint(owner, endpoint.id);
    expect(result).toMatchObject({ delivered: true, status_code: 201, response_body: 'got it' });
    const [request] = receiver.received('/test');
    const body = JSON.parse(request?.body ?? '{}');
    expect(body).toMatchObject({ id: result.event_id, type: 'webhook.test', mode: 'test' });
    expect(JSON.stringify(body)).not.toContain('whsec_');
    expect(request?.headers['x-humanrail-signature']).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/);
    const { data } = await listDeliveries(owner, endpoint.id, { limit: 20 });
    expect(data).toMatchObject([
      { id: result.delivery_id, event_type: 'webhook.test', status: 'delivered', task_id: null },
    ]);
  });

  it('that fails is not tried again and does not count against the endpoint', async () => {
    const { owner, endpoint } = await createEndpointAt(receiver.url('/test-fails'));
    receiver.answer('/test-fails', { status: 410, body: 'gone' });
    const result = await testEndpoint(owner, endpoint.id);
    expect(result).toMatchObject({ delivered: false, status_code: 410, response_body: 'gone' });
    expect(result.error).toContain('410');
    expect(await db.endpoint.findUnique({ where: { id: endpoint.id } })).toMatchObject({
      status: 'enabled',
      failingSince: null,
    });
    expect(await getDelivery(owner, result.delivery_id)).toMatchObject({
      status: 'failed',
      next_attempt_at: null,
    });
  });
});
