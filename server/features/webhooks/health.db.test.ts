import { expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, memberActor } from '@/server/testing/factories';
import { getEndpointHealth } from './get-health';
import { createEndpoint, updateEndpoint } from './index';

useTestDatabase();

const url = 'https://example.com/hooks';

async function setUp() {
  const organization = await createOrganization({ funds: 0n });
  const owner = await memberActor(organization);
  const endpoint = await createEndpoint(owner, { url });
  const at = { organizationId: organization.id, mode: 'test' as const, createdAt: new Date() };
  const eventId = `evt_${newId()}`;
  await db.webhookEvent.create({ data: { ...at, id: eventId, type: 'webhook.test', body: '{}' } });
  const deliveryId = newId();
  await db.delivery.create({
    data: { ...at, id: deliveryId, eventId, endpointId: endpoint.id, url },
  });
  return { owner, endpoint, deliveryId };
}

it('an endpoint’s health counts tries by what they came to, in buckets that sum up', async () => {
  const { owner, endpoint, deliveryId } = await setUp();
  const tries = [
    { statusCode: 200, durationMs: 100 },
    { statusCode: 500, durationMs: 200 },
    { statusCode: null, durationMs: 300 },
  ];
  await db.deliveryAttempt.createMany({
    data: tries.map((each, number) => ({
      ...each,
      number,
      id: newId(),
      deliveryId,
      createdAt: new Date(),
    })),
  });
  for (const range of ['day', 'week', 'month'] as const) {
    const health = await getEndpointHealth(owner, { endpointId: endpoint.id, range });
    expect(health).toMatchObject({ delivered: 1, failed: 2, p50Ms: 200 });
    expect(health.buckets.reduce((sum, { failed }) => sum + failed, 0)).toBe(2);
    expect(health.buckets.at(-1)).toMatchObject({ delivered: 1, failed: 2 });
  }
});

it('an endpoint’s health is 404 for another organization, and for the other mode', async () => {
  const { endpoint } = await setUp();
  const stranger = await memberActor(await createOrganization({ funds: 0n }));
  await expect(getEndpointHealth(stranger, { endpointId: endpoint.id })).rejects.toMatchObject({
    status: 404,
  });
});

it('a change of an endpoint made from an older state is refused, and loses nothing', async () => {
  const { owner, endpoint } = await setUp();
  const from = { expectedUpdatedAt: endpoint.updated_at };
  await new Promise((resolve) => setTimeout(resolve, 5));
  await updateEndpoint(owner, endpoint.id, { description: 'First' }, from);
  await expect(
    updateEndpoint(owner, endpoint.id, { description: 'Second' }, from),
  ).rejects.toMatchObject({ code: 'changed_meanwhile' });
  const [row] = await db.endpoint.findMany({ where: { id: endpoint.id } });
  expect(row?.description).toBe('First');
});
