import { describe, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization } from '@/server/testing/factories';
import { createPendingDelivery } from '@/server/testing/pending-delivery';
import { useWebhookReceiver } from '@/server/testing/webhook-receiver';
import { tryDelivery } from './deliver/try-delivery';

useTestDatabase();
const receiver = useWebhookReceiver();

const scopes = ['webhooks:write'] as const;

/** An organization with a key that may manage webhooks. */
async function customer() {
  const organization = await createOrganization({ funds: 0n });
  const { text: key } = await createKey(organization, 'test', { scopes: [...scopes] });
  return { organization, key };
}

/** The same with an endpoint at a path of the receiver. */
async function customerWithEndpoint(path = '/hooks') {
  const { organization, key } = await customer();
  const { status, body } = await call('POST', '/v1/webhooks', {
    key,
    body: { url: receiver.url(path) },
  });
  expect(status).toBe(201);
  return { organization, key, id: String(body.id), secret: String(body.secret) };
}

describe('POST /v1/webhooks', () => {
  it('201: the endpoint with its secret, and where it is', async () => {
    const { key } = await customer();
    const { status, headers, body } = await call('POST', '/v1/webhooks', {
      key,
      body: { url: receiver.url('/new'), events: ['task.verified'], description: 'Ours' },
    });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/v1/webhooks/${body.id}`);
    expect(body).toEqual({
      id: expect.any(String),
      object: 'webhook_endpoint',
      mode: 'test',
      url: receiver.url('/new'),
      description: 'Ours',
      events: ['task.verified'],
      status: 'enabled',
      disabled_reason: null,
      failing_since: null,
      created_at: expect.any(String),
      updated_at: expect.any(String),
      secret: expect.stringMatching(/^whsec_/),
    });
  });

  it('201 again under the same idempotency key: one endpoint, the same secret', async () => {
    const { organization, key } = await customer();
    const create = () =>
      call('POST', '/v1/webhooks', {
        key,
        body: { url: receiver.url('/once') },
        headers: { 'idempotency-key': 'once' },
      });
    const [first, again] = [await create(), await create()];
    expect(again.body).toEqual(first.body);
    expect(await db.endpoint.count({ where: { organizationId: organization.id } })).toBe(1);
  });

  it.each([
    ['no url', {}, 'url', 'missing_field'],
    ['a url that is none', { url: 'example.com' }, 'url', 'invalid_field'],
    ['a metadata address', { url: 'http://169.254.169.254/' }, 'url', 'invalid_field'],
    [
      'an unknown event',
      { url: 'https://example.com', events: ['task.lost'] },
      'events.0',
      'invalid_field',
    ],
    ['an unknown field', { url: 'https://example.com', retries: 3 }, 'retries', 'unknown_field'],
  ])('400 for %s, and no row', async (_name, body, param, code) => {
    const { organization, key } = await customer();
    const answer = await call('POST', '/v1/webhooks', { key, body });
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ type: 'validation_error', code, param });
    expect(await db.endpoint.count({ where: { organizationId: organization.id } })).toBe(0);
  });

  it('400 in live mode for plain http and private addresses', async () => {
    const organization = await createOrganization({ funds: 0n });
    const { text: key } = await createKey(organization, 'live', { scopes: [...scopes] });
    for (const url of ['http://example.com/hooks', 'https://192.168.1.1/hooks']) {
      const answer = await call('POST', '/v1/webhooks', { key, body: { url } });
      expect(answer.status, url).toBe(400);
    }
  });

  it('401 without a key, 403 without the scope', async () => {
    const body = { url: 'https://example.com' };
    expect((await call('POST', '/v1/webhooks', { body })).status).toBe(401);
    const { organization } = await customer();
    const { text: key } = await createKey(organization, 'test', { scopes: ['tasks:read'] });
    const answer = await call('POST', '/v1/webhooks', { key, body });
    expect(answer.status).toBe(403);
    expect(answer.body.error?.code).toBe('missing_scope');
  });

  it('422 for a seventeenth endpoint', async () => {
    const { key } = await customer();
    const body = { url: receiver.url('/many') };
    for (let n = 0; n < 16; n++) await call('POST', '/v1/webhooks', { key, body });
    const answer = await call('POST', '/v1/webhooks', { key, body });
    expect(answer.status).toBe(422);
    expect(answer.body.error?.code).toBe('too_many_endpoints');
  });
});

describe('GET /v1/webhooks and GET /v1/webhooks/{id}', () => {
  it('200: without the secret', async () => {
    const { key, id } = await customerWithEndpoint();
    const list = await call('GET', '/v1/webhooks', { key });
    expect(list.status).toBe(200);
    expect(list.body).toMatchObject({ data: [{ id }], has_more: false, next_cursor: null });
    const one = await call('GET', `/v1/webhooks/${id}`, { key });
    expect(one.status).toBe(200);
    expect(one.body).not.toHaveProperty('secret');
  });

  it('a cursor leads through all pages', async () => {
    const { key, id } = await customerWithEndpoint('/first');
    await call('POST', '/v1/webhooks', { key, body: { url: receiver.url('/second') } });
    const first = await call('GET', '/v1/webhooks?limit=1', { key });
    const cursor = String(first.body.next_cursor);
    const second = await call('GET', `/v1/webhooks?limit=1&after=${cursor}`, { key });
    expect(second.body).toMatchObject({ data: [{ id }], has_more: false });
  });

  it('400 for a cursor that is none', async () => {
    const { key } = await customer();
    const answer = await call('GET', '/v1/webhooks?after=nonsense', { key });
    expect(answer.status).toBe(400);
    expect(answer.body.error?.param).toBe('after');
  });
});

describe('PATCH and DELETE /v1/webhooks/{id}', () => {
  it('200: what is given changes, the rest stays', async () => {
    const { key, id } = await customerWithEndpoint('/stays');
    const { status, body } = await call('PATCH', `/v1/webhooks/${id}`, {
      key,
      body: { status: 'disabled', events: ['task.failed'] },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'disabled',
      events: ['task.failed'],
      url: receiver.url('/stays'),
    });
  });

  it('200: deleted, and 404 from then on', async () => {
    const { key, id } = await customerWithEndpoint();
    const answer = await call('DELETE', `/v1/webhooks/${id}`, { key });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ id, object: 'webhook_endpoint', deleted: true });
    expect((await call('DELETE', `/v1/webhooks/${id}`, { key })).status).toBe(404);
    expect((await call('GET', `/v1/webhooks/${id}`, { key })).status).toBe(404);
  });
});

describe('POST /v1/webhooks/{id}/rotate and /test', () => {
  it('200: another secret, and until when the former one signs', async () => {
    const { key, id, secret } = await customerWithEndpoint();
    const { status, body } = await call('POST', `/v1/webhooks/${id}/rotate`, { key });
    expect(status).toBe(200);
    expect(body.secret).not.toBe(secret);
    expect(Date.parse(String(body.previous_secret_expires_at))).toBeGreaterThan(Date.now());
  });

  it('200: what the endpoint answered, be it an error', async () => {
    const { key, id } = await customerWithEndpoint('/tested');
    receiver.answer('/tested', { status: 418, body: 'teapot' });
    const { status, body } = await call('POST', `/v1/webhooks/${id}/test`, { key });
    expect(status).toBe(200);
    expect(body).toMatchObject({ delivered: false, status_code: 418, response_body: 'teapot' });
  });
});

describe('deliveries', () => {
  it('200: the log with each try, by status, and a replay', async () => {
    const { organization, key, id } = await customerWithEndpoint('/log');
    const deliveryId = await createPendingDelivery(organization.id, { endpointId: id });
    await tryDelivery(deliveryId, null);
    const log = await call('GET', `/v1/webhooks/${id}/deliveries?status=delivered`, { key });
    expect(log.status).toBe(200);
    expect(log.body.data).toMatchObject([
      { id: deliveryId, status: 'delivered', attempts: [{ number: 1, status_code: 200 }] },
    ]);
    const failed = await call('GET', `/v1/webhooks/${id}/deliveries?status=failed`, { key });
    expect(failed.body.data).toEqual([]);
    const replay = await call('POST', `/v1/deliveries/${deliveryId}/replay`, { key });
    expect(replay.status).toBe(200);
    expect(replay.body).toMatchObject({ id: deliveryId, status: 'pending' });
  });

  it('200: how many that failed are sent again; 400 without a time; 409 while disabled', async () => {
    const { organization, key, id } = await customerWithEndpoint();
    const deliveryId = await createPendingDelivery(organization.id, { endpointId: id });
    await db.delivery.update({ where: { id: deliveryId }, data: { status: 'failed' } });
    const target = `/v1/webhooks/${id}/replay`;
    const body = { since: new Date(Date.now() - 60_000).toISOString() };
    const replay = await call('POST', target, { key, body });
    expect([replay.status, replay.body]).toEqual([200, { object: 'replay', replayed: 1 }]);
    const timeless = await call('POST', target, { key, body: { since: 'yesterday' } });
    expect(timeless.status).toBe(400);
    expect(timeless.body.error?.param).toBe('since');
    await call('PATCH', `/v1/webhooks/${id}`, { key, body: { status: 'disabled' } });
    const refused = await call('POST', target, { key, body });
    expect([refused.status, refused.body.error?.code]).toEqual([409, 'endpoint_disabled']);
  });
});

describe('404', () => {
  it('for what is not there, is no id, or is another organization’s', async () => {
    const { organization, id } = await customerWithEndpoint();
    const deliveryId = await createPendingDelivery(organization.id, { endpointId: id });
    const { key } = await customer();
    const since = { since: new Date().toISOString() };
    const endpointIds = [id, newId(), 'nonsense'];
    for (const other of endpointIds) {
      const calls = [
        call('GET', `/v1/webhooks/${other}`, { key }),
        call('PATCH', `/v1/webhooks/${other}`, { key, body: {} }),
        call('DELETE', `/v1/webhooks/${other}`, { key }),
        call('POST', `/v1/webhooks/${other}/rotate`, { key }),
        call('POST', `/v1/webhooks/${other}/test`, { key }),
        call('POST', `/v1/webhooks/${other}/replay`, { key, body: since }),
        call('GET', `/v1/webhooks/${other}/deliveries`, { key }),
      ];
      for (const { status, body } of await Promise.all(calls)) {
        expect([status, body.error?.code]).toEqual([404, 'not_found']);
      }
    }
    for (const other of [deliveryId, newId(), 'nonsense']) {
      const answer = await call('POST', `/v1/deliveries/${other}/replay`, { key });
      expect(answer.status).toBe(404);
    }
    expect(receiver.received('/hooks')).toEqual([]);
  });
});
