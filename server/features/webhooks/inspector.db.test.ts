import { describe, expect, it } from 'vitest';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { newId } from '@/server/platform/ids';
import { signEvent } from '@/server/platform/sign-event';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, memberActor } from '@/server/testing/factories';
import { clearReceived, listEndpoints, listReceived, openInspector, receiveEvent } from './index';
import { INBOX_BODY_BYTES_MAX, INBOX_EVENTS_KEPT } from './schema';

useTestDatabase();
env.WEBHOOKS_ALLOW_PRIVATE = true;

const body = JSON.stringify({ id: 'evt_1', type: 'task.verified' });

async function openedInspector() {
  const organization = await createOrganization({ funds: 0n });
  const owner = await memberActor(organization);
  const { endpoint, secret } = await openInspector(owner);
  const token = endpoint.url.split('/').at(-1) ?? '';
  return { organization, owner, endpoint, token, secret: secret ?? '' };
}

function post(token: string, text: string, headers: Record<string, string> = {}) {
  return receiveEvent(token, { header: (name) => headers[name] ?? null, body: text });
}

function signed(secret: string) {
  return signEvent({ eventId: 'evt_1', body, secrets: [secret], timestamp: 1_800_000_000 });
}

const latest = async (actor: Actor) => (await listReceived(actor, { limit: 50 })).data;

describe('the inspector', () => {
  it('is an endpoint at this instance’s own address, made once however often it is opened', async () => {
    const { owner, endpoint } = await openedInspector();
    expect(endpoint.url).toMatch(/^http:\/\/localhost:3000\/inbox\/\w{32}$/);
    expect(await openInspector(owner)).toMatchObject({
      endpoint: { id: endpoint.id },
      secret: null,
    });
    expect((await listEndpoints(owner, { limit: 20 })).data).toHaveLength(1);
  });

  it('shows what was posted to it, and that its endpoint has signed it', async () => {
    const { owner, token, secret } = await openedInspector();
    expect(await post(token, body, signed(secret))).toBe('received');
    expect(await latest(owner)).toMatchObject([
      { event_type: 'task.verified', genuine: true, body, headers: { 'webhook-id': 'evt_1' } },
    ]);
  });

  it('tells forged and unsigned events from genuine ones', async () => {
    const { owner, token, secret } = await openedInspector();
    const other = await openedInspector();
    await post(token, body);
    await post(token, body, signed(other.secret));
    await post(token, `${body} `, signed(secret));
    expect((await latest(owner)).map(({ genuine }) => genuine)).toEqual([false, false, null]);
  });

  it('keeps no header that says nothing about the event', async () => {
    const { owner, token } = await openedInspector();
    await post(token, 'no event', { cookie: 'session=1', 'content-type': 'text/plain' });
    expect(await latest(owner)).toMatchObject([
      { headers: { 'content-type': 'text/plain' }, event_type: null },
    ]);
    expect(JSON.stringify(await latest(owner))).not.toContain('session=1');
  });

  it('is read by its organization alone, in its mode', async () => {
    const { organization, token } = await openedInspector();
    await post(token, body);
    const stranger = await memberActor(await createOrganization({ funds: 0n }));
    const otherMode = await memberActor(organization, 'live');
    expect(await listReceived(stranger, { limit: 50 })).toMatchObject({ data: [], url: null });
    expect(await listReceived(otherMode, { limit: 50 })).toMatchObject({ data: [], url: null });
  });

  it('is changed by those who may change webhooks', async () => {
    const { organization } = await openedInspector();
    const viewer = await memberActor(organization, 'test', 'viewer');
    await expect(openInspector(viewer)).rejects.toMatchObject({ status: 403 });
    await expect(clearReceived(viewer)).rejects.toMatchObject({ status: 403 });
  });

  it('takes nothing under an address that nobody has, and nothing without measure', async () => {
    const { owner, token } = await openedInspector();
    expect(await post('nobodys', body)).toBe('unknown');
    expect(await post(token, 'x'.repeat(INBOX_BODY_BYTES_MAX + 1))).toBe('too_large');
    expect(await post(token, 'a\0b')).toBe('received');
    expect((await latest(owner)).map((event) => event.body)).toEqual(['ab']);
  });

  it('keeps the latest, and none once it is cleared', async () => {
    const { owner, token } = await openedInspector();
    const inbox = await db.inbox.findUniqueOrThrow({ where: { token } });
    await db.inboxEvent.createMany({
      data: Array.from({ length: INBOX_EVENTS_KEPT + 2 }, (_, i) => ({
        id: newId(),
        inboxId: inbox.id,
        headers: {},
        body: String(i),
        createdAt: new Date(),
      })),
    });
    await post(token, 'the latest');
    expect((await latest(owner))[0]?.body).toBe('the latest');
    expect(await clearReceived(owner)).toEqual({ cleared: INBOX_EVENTS_KEPT });
    expect(await latest(owner)).toEqual([]);
  });
});
