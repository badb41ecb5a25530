import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, memberActor } from '@/server/testing/factories';
import { useOtlpCollector } from '@/server/testing/otlp-collector';
import { createEndpointAt, createPendingDelivery } from '@/server/testing/pending-delivery';
import { useTestClock } from '@/server/testing/use-test-clock';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { type Received, useWebhookReceiver } from '@/server/testing/webhook-receiver';
import { getCallbackSecret, rotateCallbackSecret } from '../callback-secret';
import { deleteEndpoint, rotateSecret, updateEndpoint } from '../index';
import { tryDelivery } from './try-delivery';

useTestDatabase();
const receiver = useWebhookReceiver();
const collector = useOtlpCollector();

const DAY_MS = 24 * 60 * 60 * 1_000;
const time = useTestClock();

const endpointAt = (path: string) => createEndpointAt(receiver.url(path));
const stateOf = (id: string) =>
  db.delivery.findUniqueOrThrow({ where: { id }, include: { attempts: true } });
const endpointRow = (id: string) => db.endpoint.findUniqueOrThrow({ where: { id } });

/** A receiver's own check of `X-HumanRail-Signature`. */
function isSignedBy(secret: string, { headers, body }: Received): boolean {
  const [, t, v1] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-humanrail-signature'])) ?? [];
  return v1 === createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
}

/** How many of the signatures in `webhook-signature` are by this secret. */
function standardSignaturesBy(secret: string, { headers, body }: Received): number {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const expected = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  const given = String(headers['webhook-signature']).split(' ');
  return given.filter((signature) => signature === expected).length;
}

describe('a delivery that is accepted', () => {
  it('arrives once, byte for byte and signed in both schemes', async () => {
    const { organization, endpoint } = await endpointAt('/accepts');
    const id = await createPendingDelivery(organization.id, { endpointId: endpoint.id });
    expect(await tryDelivery(id, null)).toEqual({ state: 'closed' });
    expect(await tryDelivery(id, null)).toEqual({ state: 'closed' });
    const [request, ...more] = receiver.received('/accepts');
    if (!request) throw new Error('Nothing arrived.');
    expect(more).toEqual([]);
    const { event } = await db.delivery.findUniqueOrThrow({
      where: { id },
      include: { event: true },
    });
    expect(request.body).toBe(event.body);
    expect(request.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': event.id,
      'webhook-timestamp': String(Math.floor(time.nowMs() / 1_000)),
    });
    expect(isSignedBy(endpoint.secret, request)).toBe(true);
    expect(standardSignaturesBy(endpoint.secret, request)).toBe(1);
    expect(await stateOf(id)).toMatchObject({
      status: 'delivered',
      attemptCount: 1,
      nextAttemptAt: null,
      url: endpoint.url,
      attempts: [{ number: 1, statusCode: 200, error: null, responseBody: 'ok' }],
    });
  });

  it('during a rotation is signed by the new secret, and by both in webhook-signature', async () => {
    const { organization, owner, endpoint } = await endpointAt('/rotates');
    const rotated = await rotateSecret(owner, endpoint.id);
    const send = async () =>
      tryDelivery(await createPendingDelivery(organization.id, { endpointId: endpoint.id }), null);
    await send();
    time.advanceMs(DAY_MS + 1);
    await send();
    const [during, after] = receiver.received('/rotates');
    if (!during || !after) throw new Error('Two events were due.');
    expect(isSignedBy(rotated.secret, during)).toBe(true);
    expect(isSignedBy(endpoint.secret, during)).toBe(false);
    expect(standardSignaturesBy(rotated.secret, during)).toBe(1);
    expect(standardSignaturesBy(endpoint.secret, during)).toBe(1);
    expect(standardSignaturesBy(rotated.secret, after)).toBe(1);
    expect(standardSignaturesBy(endpoint.secret, after)).toBe(0);
  });

  it('to a callback URL is signed by the organization’s secret', async () => {
    const organization = await createOrganization({ funds: 0n });
    const id = await createPendingDelivery(organization.id, { url: receiver.url('/callback') });
    await tryDelivery(id, null);
    const [request] = receiver.received('/callback');
    const owner = await memberActor(organization);
    const { secret } = await getCallbackSecret(owner);
    expect(request && isSignedBy(secret, request)).toBe(true);

    const rotated = await rotateCallbackSecret(owner);
    expect(rotated.secret).not.toBe(secret);
    const send = async () =>
      tryDelivery(
        await createPendingDelivery(organization.id, { url: receiver.url('/callback') }),
        null,
      );
    await send();
    time.advanceMs(DAY_MS + 1);
    await send();
    const [, during, after] = receiver.received('/callback');
    if (!during || !after) throw new Error('Three events were due.');
    expect(isSignedBy(rotated.secret, during)).toBe(true);
    expect(isSignedBy(secret, during)).toBe(false);
    expect(standardSignaturesBy(rotated.secret, during)).toBe(1);
    expect(standardSignaturesBy(secret, during)).toBe(1);
    expect(standardSignaturesBy(rotated.secret, after)).toBe(1);
    expect(standardSignaturesBy(secret, after)).toBe(0);
    expect(await getCallbackSecret(owner)).toMatchObject({ previous_secret_expires_at: null });
  });

  it('says the same place in its task’s trace at every try', async () => {
    const { taskId, organizationId } = await createVerifiedTask();
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    await db.task.update({ where: { id: taskId }, data: { traceparent } });
    const id = await createPendingDelivery(organizationId, { url: receiver.url('/traced') });
    await db.webhookEvent.updateMany({ where: { deliveries: { some: { id } } }, data: { taskId } });
    receiver.answer('/traced', { status: 500 });
    const first = await tryDelivery(id, null);
    expect(first).toMatchObject({ state: 'open' });
    receiver.answer('/traced', { status: 204 });
    await tryDelivery(id, 1);
    const [one, two] = receiver.received('/traced').map(({ headers }) => headers.traceparent);
    expect(one).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01$/);
    expect([one === traceparent, two === one]).toEqual([false, true]);
    const spans = await collector.spans();
    const delivery = spans.filter(({ name }) => name === 'webhook task.verified');
    expect(delivery).toMatchObject([
      {
        spanId: String(one).split('-')[2],
        status: { code: 0 },
        attributes: { 'humanrail.delivery.id': id },
      },
    ]);
    const tries = spans.filter(({ parentSpanId }) => parentSpanId === delivery[0]?.spanId);
    expect(
      tries.map(({ name, attributes }) => [name, attributes['http.response.status_code']]),
    ).toEqual([
      ['POST', 500],
      ['POST', 204],
    ]);
    expect(tries.map(({ status }) => status.message)).toEqual([
      'The response status was 500.',
      undefined,
    ]);
  });

  it('forgets that its endpoint was failing', async () => {
    const { organization, endpoint } = await endpointAt('/recovers');
    receiver.answer('/recovers', { status: 500 });
    await tryDelivery(
      await createPendingDelivery(organization.id, { endpointId: endpoint.id }),
      null,
    );
    expect((await endpointRow(endpoint.id)).failingSince).toEqual(new Date(time.nowMs()));
    receiver.answer('/recovers', { status: 204 });
    await tryDelivery(
      await createPendingDelivery(organization.id, { endpointId: endpoint.id }),
      null,
    );
    expect((await endpointRow(endpoint.id)).failingSince).toBeNull();
  });
});

describe('a delivery that fails', () => {
  it.each([
    ['an error', { status: 500, body: 'x'.repeat(5_000) }, 'It responded with 500'],
    [
      'a redirect, which is not followed',
      { status: 302, headers: { location: '/elsewhere' } },
      'redirect to /elsewhere',
    ],
    ['a refusal', { status: 404 }, 'It responded with 404'],
  ])('by %s is logged and tried again', async (name, answer, error) => {
    const path = `/fails/${encodeURIComponent(name)}`;
    const { organization, endpoint } = await endpointAt(path);
    receiver.answer(path, answer);
    const id = await createPendingDelivery(organization.id, { endpointId: endpoint.id });
    const outcome = await tryDelivery(id, null);
    expect(outcome).toMatchObject({ state: 'open', attemptCount: 1 });
    expect(outcome.state === 'open' && outcome.delayMs).toBeGreaterThanOrEqual(5_000);
    const { attempts, ...delivery } = await stateOf(id);
    expect(delivery.status).toBe('pending');
    expect(attempts[0]).toMatchObject({ number: 1, statusCode: answer.status });
    expect(attempts[0]?.error).toContain(error);
    expect(attempts[0]?.responseBody.length).toBeLessThanOrEqual(2_048);
    expect(receiver.received('/elsewhere')).toEqual([]);
  });

  it('since nobody listens is logged with the reason', async () => {
    const organization = await createOrganization({ funds: 0n });
    const id = await createPendingDelivery(organization.id, { url: 'http://127.0.0.1:9/' });
    expect(await tryDelivery(id, null)).toMatchObject({ state: 'open' });
    const { attempts } = await stateOf(id);
    expect(attempts[0]).toMatchObject({ statusCode: null, responseBody: '' });
    expect(attempts[0]?.error).toContain('refused');
  });

  it('is not tried before the time that Retry-After asks for', async () => {
    const { organization, endpoint } = await endpointAt('/busy');
    receiver.answer('/busy', { status: 503, headers: { 'retry-after': '90' } });
    const id = await createPendingDelivery(organization.id, { endpointId: endpoint.id });
    expect(await tryDelivery(id, null)).toEqual({
      state: 'open',
      attemptCount: 1,
      delayMs: 90_000,
    });
    time.advanceMs(89_000);
    expect(await tryDelivery(id, null)).toEqual({ state: 'closed' });
    expect(receiver.received('/busy')).toHaveLength(1);
  });

  it('is tried ten times, and then has failed', async () => {
    const { organization, endpoint } = await endpointAt('/never');
    receiver.answer('/never', { status: 500 });
    const id = await createPendingDelivery(organization.id, { endpointId: endpoint.id });
    let seen: number | null = null;
    for (;;) {
      const outcome = await tryDelivery(id, seen);
      if (outcome.state === 'closed') break;
      seen = outcome.attemptCount;
      time.advanceMs(outcome.delayMs);
    }
    expect(receiver.received('/never')).toHaveLength(10);
    expect(await stateOf(id)).toMatchObject({
      status: 'failed',
      attemptCount: 10,
      nextAttemptAt: null,
    });
  });
});

describe('an endpoint that should not get more', () => {
  it('is disabled when it answers 410, its owners are told, and the rest is not sent', async () => {
    const { organization, endpoint } = await endpointAt('/gone');
    receiver.answer('/gone', { status: 410 });
    const [first, second] = [
      await createPendingDelivery(organization.id, { endpointId: endpoint.id }),
      await createPendingDelivery(organization.id, { endpointId: endpoint.id }),
    ];
    expect(await tryDelivery(first, null)).toEqual({ state: 'closed' });
    expect(await tryDelivery(second, null)).toEqual({ state: 'closed' });
    expect(receiver.received('/gone')).toHaveLength(1);
    expect(await endpointRow(endpoint.id)).toMatchObject({
      status: 'disabled',
      disabledReason: expect.stringContaining('410'),
    });
    expect((await stateOf(second)).status).toBe('failed');
    const told = await db.$queryRaw<{ data: object }[]>`
      SELECT data FROM outbox WHERE topic = 'endpoint.disabled' AND data->>'endpointId' = ${endpoint.id}`;
    expect(told).toHaveLength(1);
    const log = await db.auditEntry.findFirst({
      where: { organizationId: organization.id, action: 'endpoint.disabled' },
    });
    expect(log).toMatchObject({ actor: 'system', subject: `endpoint:${endpoint.id}` });
  });

  it('is disabled after it has only failed for five days, not before', async () => {
    const { organization, endpoint } = await endpointAt('/dead');
    receiver.answer('/dead', { status: 500 });
    const send = async () =>
      tryDelivery(await createPendingDelivery(organization.id, { endpointId: endpoint.id }), null);
    await send();
    time.advanceMs(5 * DAY_MS - 1_000);
    await send();
    expect((await endpointRow(endpoint.id)).status).toBe('enabled');
    time.advanceMs(1_000);
    expect(await send()).toEqual({ state: 'closed' });
    expect(await endpointRow(endpoint.id)).toMatchObject({
      status: 'disabled',
      disabledReason: 'All deliveries have failed for five days.',
    });
  });

  it('that was deleted or disabled gets nothing of what was under way', async () => {
    const { organization, owner, endpoint } = await endpointAt('/leaves');
    const id = await createPendingDelivery(organization.id, { endpointId: endpoint.id });
    await deleteEndpoint(owner, endpoint.id);
    expect(await tryDelivery(id, null)).toEqual({ state: 'closed' });
    expect(receiver.received('/leaves')).toEqual([]);
    expect((await stateOf(id)).status).toBe('failed');
  });

  it('that moved gets what was under way at its new URL', async () => {
    const { organization, owner, endpoint } = await endpointAt('/old-home');
    const id = await createPendingDelivery(organization.id, { endpointId: endpoint.id });
    await updateEndpoint(owner, endpoint.id, { url: receiver.url('/new-home') });
    await tryDelivery(id, null);
    expect(receiver.received('/old-home')).toEqual([]);
    expect(receiver.received('/new-home')).toHaveLength(1);
  });
});
