import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sendPayout } from '@/server/features/payouts/send-payout';
import { V0Usage } from '@/server/features/v0/schema';
import { useClock } from '@/server/platform/clock';
import { env } from '@/server/platform/env';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization } from '@/server/testing/factories';
import { createTestClock } from '@/server/testing/test-clock';
import { V0_CREATE } from '@/server/testing/v0-create';
import { createVerifiedTask } from '@/server/testing/verified-task';

useTestDatabase();

// A Wednesday.
const clock = createTestClock(Date.parse('2026-03-04T10:00:00Z'));
let restore: () => void;
beforeEach(() => {
  restore = useClock(clock);
});
afterEach(() => restore());

async function customer() {
  const organization = await createOrganization();
  return { organization, key: (await createKey(organization, 'test')).text };
}

describe.each(['/v0/usage', '/v0/org/usage'])('GET %s', (path) => {
  it('counts tasks and payouts of the month so far', async () => {
    const { organization, key } = await customer();
    for (const idempotencyKey of ['stays', 'goes']) {
      const made = await call('POST', '/v0/tasks', { key, body: { ...V0_CREATE, idempotencyKey } });
      if (idempotencyKey === 'goes')
        await call('POST', `/v0/tasks/${made.body.id}/cancel`, { key });
    }
    const { payoutIds } = await createVerifiedTask({ organization, workers: 2, payoutSats: 300n });
    for (const id of payoutIds) await sendPayout(id);
    const { status, body } = await call('GET', path, { key });
    expect(status).toBe(200);
    expect(V0Usage.parse(body)).toEqual({
      period: 'month',
      startDate: '2026-03-01',
      endDate: '2026-03-04',
      tasks: {
        total: 3,
        verified: 1,
        failed: 0,
        cancelled: 1,
        expired: 0,
        averageCompletionSeconds: 0,
      },
      payouts: { totalUsd: 600 / env.SATS_PER_USD, totalSats: 600, count: 2 },
    });
  });

  it.each([
    ['period=week', '2026-03-02', '2026-03-04'],
    ['period=day', '2026-03-04', '2026-03-04'],
    ['period=month&end_date=2026-02-10', '2026-02-01', '2026-02-10'],
    ['start_date=2025-12-24&end_date=2026-01-06', '2025-12-24', '2026-01-06'],
  ])('takes ?%s for %s to %s, and leaves out what nobody knows', async (query, start, end) => {
    const { key } = await customer();
    const { body } = await call('GET', `${path}?${query}`, { key });
    expect(body).toMatchObject({ startDate: start, endDate: end });
    expect(body.tasks).not.toHaveProperty('averageCompletionSeconds');
    expect(body.payouts).toEqual({ totalUsd: 0, totalSats: 0, count: 0 });
  });

  it.each([
    ['period', 'period=year'],
    ['start_date', 'start_date=03/04/2026'],
    ['start_date', 'start_date=2026-03-05'],
    ['startDate', 'startDate=2026-03-01'],
  ])('names %s at fault in ?%s', async (field, query) => {
    const { key } = await customer();
    const { status, body } = await call('GET', `${path}?${query}`, { key });
    expect([status, Object.keys(body.error?.details as object)]).toEqual([400, [field]]);
  });
});
