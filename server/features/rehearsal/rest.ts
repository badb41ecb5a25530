import { operation } from '@/server/transport/rest';
import { advanceClock } from './advance-clock';
import { ClockInUse, TestModeOnly } from './errors';
import { EXAMPLES } from './examples';
import { getClock } from './get-clock';
import { resetClock } from './reset-clock';
import { AdvancedTestClock, AdvanceTestClock, TestClock } from './schema';

const tag = 'Test clock';

export const getTestClockOperation = operation({
  id: 'test_clock.get',
  method: 'GET',
  path: '/v1/test/clock',
  scope: 'tasks:read',
  summary: 'Read the test clock',
  description: 'Test keys only. The current time in test mode, and when the next event is due.',
  tag,
  responses: { 200: { description: 'The clock.', schema: TestClock } },
  errors: [TestModeOnly],
  idempotency: 'none',
  example: EXAMPLES.get,
  handler: async ({ actor }) => ({ status: 200, body: await getClock(actor) }),
});

export const advanceTestClockOperation = operation({
  id: 'test_clock.advance',
  method: 'POST',
  path: '/v1/test/clock/advance',
  scope: 'tasks:write',
  summary: 'Advance the test clock',
  description:
    'Test keys only. Runs everything due in your organization’s test mode within these seconds, in order of due time: answers of simulated workers, expiring offers, backups, deadlines, verification, payouts, deliveries and their retries. The first call stops the clock: from then on, test mode only moves through this call, until the clock is reset. Live mode and other organizations are not affected.',
  tag,
  body: AdvanceTestClock,
  responses: {
    200: { description: 'The clock’s time, and what happened.', schema: AdvancedTestClock },
  },
  errors: [TestModeOnly, ClockInUse],
  idempotency: 'stored',
  example: EXAMPLES.advance,
  handler: async ({ actor, body }) => ({ status: 200, body: await advanceClock(actor, body) }),
});

export const resetTestClockOperation = operation({
  id: 'test_clock.reset',
  method: 'DELETE',
  path: '/v1/test/clock',
  scope: 'tasks:write',
  summary: 'Reset the test clock',
  description:
    'Test keys only. Test mode uses real time again; open work keeps its due times. Scripted workers and their track records are deleted, so that the next rehearsal starts from the same state.',
  tag,
  responses: { 200: { description: 'The running clock.', schema: TestClock } },
  errors: [TestModeOnly, ClockInUse],
  idempotency: 'none',
  example: EXAMPLES.reset,
  handler: async ({ actor }) => ({ status: 200, body: await resetClock(actor) }),
});
