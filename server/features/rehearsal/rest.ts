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
  description: 'Test keys only. What time it is in test mode, and when the next thing falls due.',
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
    'Test keys only. Does what falls due in your organization’s test mode within these seconds, in order of due time: answers of simulated workers, windows that lapse, backups, deadlines, verification, payouts, deliveries and their retries. The first time it stops the clock: from then on nothing happens in test mode but by this call, until the clock is reset. Live mode and other organizations notice nothing.',
  tag,
  body: AdvanceTestClock,
  responses: {
    200: { description: 'Where it stands, and what happened.', schema: AdvancedTestClock },
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
    'Test keys only. Test mode goes by real time again; what is open keeps its times. The scripted workers are let go and what they have shown is forgotten, so that the next rehearsal begins as the first one did.',
  tag,
  responses: { 200: { description: 'The clock, which goes again.', schema: TestClock } },
  errors: [TestModeOnly, ClockInUse],
  idempotency: 'none',
  example: EXAMPLES.reset,
  handler: async ({ actor }) => ({ status: 200, body: await resetClock(actor) }),
});
