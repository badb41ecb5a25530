import pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createEndpointAt, createPendingDelivery } from '@/server/testing/pending-delivery';
import { useTestClock } from '@/server/testing/use-test-clock';
import { useWebhookReceiver } from '@/server/testing/webhook-receiver';
import { findOverdueDeliveries } from '../find-overdue-deliveries';
import { tryDelivery } from './try-delivery';

useTestDatabase();
const receiver = useWebhookReceiver();

const time = useTestClock();

const endpointAt = (path: string) => createEndpointAt(receiver.url(path));

describe('one delivery, many deliverers', () => {
  it('ten at once send it once', async () => {
    const { organization, endpoint } = await endpointAt('/race');
    receiver.answer('/race', { status: 500 });
    const id = await createPendingDelivery(organization.id, { endpointId: endpoint.id });
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => tryDelivery(id, null)));
    expect(outcomes.filter(({ state }) => state === 'open')).toHaveLength(1);
    expect(receiver.received('/race')).toHaveLength(1);
  });

  it('a run whose turn was taken ends', async () => {
    const { organization, endpoint } = await endpointAt('/taken');
    receiver.answer('/taken', { status: 500 });
    const id = await createPendingDelivery(organization.id, { endpointId: endpoint.id });
    await tryDelivery(id, null);
    time.advanceMs(60_000);
    expect(await tryDelivery(id, null)).toMatchObject({ state: 'open', attemptCount: 2 });
    expect(await tryDelivery(id, 1)).toEqual({ state: 'closed' });
    expect(receiver.received('/taken')).toHaveLength(2);
  });

  it('one whose process died is found by the sweep, once it is overdue', async () => {
    const { organization, endpoint } = await endpointAt('/swept');
    const id = await createPendingDelivery(organization.id, { endpointId: endpoint.id });
    const found = async () => (await findOverdueDeliveries()).overdue.some((row) => row.id === id);
    expect(await found()).toBe(false);
    time.advanceMs(31_000);
    expect(await found()).toBe(true);
    await tryDelivery(id, null);
    expect(await found()).toBe(false);
  });
});

describe('many deliveries at once', () => {
  const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
  const pendingTo = async (path: string, count: number) => {
    const { organization, endpoint } = await endpointAt(path);
    const ids: string[] = [];
    for (let n = 0; n < count; n++) {
      ids.push(await createPendingDelivery(organization.id, { endpointId: endpoint.id }));
    }
    return { endpoint, ids };
  };

  it('are claimed and written down by a few statements, each with what came of it', async () => {
    const good = await pendingTo('/many-good', 10);
    const bad = await pendingTo('/many-bad', 10);
    receiver.answer('/many-bad', { status: 500 });
    await db.endpoint.update({
      where: { id: bad.endpoint.id },
      data: { failingSince: new Date(time.nowMs()) },
    });
    const off = await pendingTo('/many-off', 1);
    await db.endpoint.update({ where: { id: off.endpoint.id }, data: { status: 'disabled' } });
    const ids = [...good.ids, ...bad.ids, ...off.ids];
    const query = vi.spyOn(pg.Client.prototype, 'query');
    const outcomes = await Promise.all(ids.map((id) => tryDelivery(id, null)));
    const statements = query.mock.calls.length;
    query.mockRestore();
    expect(statements).toBeLessThan(ids.length);
    const states = outcomes.map(({ state }) => state);
    expect(states).toEqual(ids.map((id) => (bad.ids.includes(id) ? 'open' : 'closed')));
    const rows = await db.delivery.findMany({
      where: { id: { in: ids } },
      include: { attempts: true, event: true },
    });
    for (const { id, status, attempts, nextAttemptAt, url } of rows) {
      const codes = attempts.map(({ statusCode }) => statusCode);
      if (good.ids.includes(id)) {
        expect([status, codes, nextAttemptAt, url]).toEqual([
          'delivered',
          [200],
          null,
          good.endpoint.url,
        ]);
      } else if (bad.ids.includes(id)) {
        expect([status, codes]).toEqual(['pending', [500]]);
        expect(nextAttemptAt?.getTime()).toBeGreaterThanOrEqual(time.nowMs() + 5_000);
      } else {
        expect([status, codes, nextAttemptAt]).toEqual(['failed', [], null]);
      }
    }
    const bodies = receiver.received('/many-good').map(({ body }) => body);
    const wanted = rows.filter(({ id }) => good.ids.includes(id)).map(({ event }) => event.body);
    expect(bodies.sort()).toEqual(wanted.sort());
  });

  it('are each sent once where two turns want the same', async () => {
    const { ids } = await pendingTo('/many-twice', 8);
    const trying = ids.map((id) => tryDelivery(id, null));
    await nextTurn();
    await Promise.all([...trying, ...ids.toReversed().map((id) => tryDelivery(id, null))]);
    expect(receiver.received('/many-twice')).toHaveLength(8);
    expect(await db.delivery.count({ where: { id: { in: ids }, status: 'delivered' } })).toBe(8);
  });

  it('are written down where one cannot be', async () => {
    const { ids } = await pendingTo('/many-fault', 3);
    const [first = '', wrong = '', last = ''] = ids;
    await db.deliveryAttempt.create({
      data: {
        ...{ id: newId(), deliveryId: wrong, number: 1, durationMs: 1 },
        createdAt: new Date(time.nowMs()),
      },
    });
    const ends = await Promise.allSettled([first, wrong, last].map((id) => tryDelivery(id, null)));
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const rows = await db.delivery.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } });
    expect(rows.map(({ status }) => status)).toEqual(['delivered', 'pending', 'delivered']);
  });
});
