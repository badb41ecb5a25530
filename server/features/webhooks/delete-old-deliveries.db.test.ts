import { beforeEach, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { newIdAt } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization } from '@/server/testing/factories';
import { deleteOldDeliveries } from './delete-old-deliveries';

useTestDatabase();
const DAY_MS = 24 * 60 * 60 * 1_000;

let organizationId: string;
beforeEach(async () => {
  organizationId = (await createOrganization()).id;
});

/** Deliveries of so many days ago, each of its own event unless one is named, with two tries each. */
async function deliveries(
  count: number,
  daysAgo: number,
  { status = 'delivered' as 'delivered' | 'failed' | 'pending', eventId = '' } = {},
) {
  const createdAt = new Date(Date.now() - daysAgo * DAY_MS);
  const of = { organizationId, mode: 'test' as const, createdAt };
  const ids = Array.from({ length: count }, () => newIdAt(createdAt.getTime()));
  const events = eventId === '' ? ids.map((id) => ({ ...of, id, type: 'x', body: '{}' })) : [];
  await db.webhookEvent.createMany({ data: events });
  await db.delivery.createMany({
    data: ids.map((id) => ({
      ...{ ...of, id, status, eventId: eventId || id, url: 'https://example.com/' },
      endpointId: newIdAt(Date.now()),
    })),
  });
  await db.deliveryAttempt.createMany({
    data: ids.flatMap((deliveryId) =>
      [1, 2].map((number) => ({
        ...{ id: newIdAt(Date.now()), deliveryId, number, durationMs: 1, createdAt },
      })),
    ),
  });
  return ids;
}

it('all deliveries that ended a month ago go, however many, and nothing else', async () => {
  await deliveries(2_300, 31);
  await deliveries(50, 40, { status: 'failed' });
  const [pending = ''] = await deliveries(1, 45, { status: 'pending' });
  // Its event was delivered to somebody else long ago.
  await deliveries(1, 45, { eventId: pending });
  const young = await deliveries(20, 29);
  expect(await deleteOldDeliveries()).toBe(2_351);
  const kept = [pending, ...young].sort();
  const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id).sort();
  expect(idsOf(await db.delivery.findMany({ select: { id: true } }))).toEqual(kept);
  expect(idsOf(await db.webhookEvent.findMany({ select: { id: true } }))).toEqual(kept);
  expect(await db.deliveryAttempt.count()).toBe(kept.length * 2);
});
