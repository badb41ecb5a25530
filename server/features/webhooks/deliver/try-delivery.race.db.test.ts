import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useClock } from '@/server/platform/clock';
import { useTestDatabase } from '@/server/testing/database';
import { createEndpointAt, createPendingDelivery } from '@/server/testing/pending-delivery';
import { createTestClock, type TestClock } from '@/server/testing/test-clock';
import { useWebhookReceiver } from '@/server/testing/webhook-receiver';
import { findOverdueDeliveries } from '../find-overdue-deliveries';
import { tryDelivery } from './try-delivery';

useTestDatabase();
const receiver = useWebhookReceiver();

let time: TestClock;
let restoreClock: () => void;
beforeEach(() => {
  time = createTestClock(Date.now());
  restoreClock = useClock(time);
});
afterEach(() => restoreClock());

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
