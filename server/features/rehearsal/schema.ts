import { z } from 'zod';
import { Timestamp, whole } from '@/server/platform/answer-fields';

/** The wire contract of the test clock (snake_case JSON). Browser-safe. */

export const ADVANCE_SECONDS_MAX = 2_592_000;
export const HAPPENED_MAX = 1_000;

export const TestClock = z
  .object({
    object: z.literal('test_clock'),
    stopped: z.boolean().describe('False where test mode goes by the wall clock.'),
    now: Timestamp.describe('What time it is in test mode.'),
    next_due_at: Timestamp.nullable().describe(
      'When the next thing falls due; null where none waits.',
    ),
  })
  .meta({ id: 'TestClock', description: 'What time it is in your organization’s test mode.' });
export type TestClock = z.infer<typeof TestClock>;

export const AdvanceTestClock = z
  .strictObject({
    seconds: z
      .number()
      .int()
      .min(0)
      .max(ADVANCE_SECONDS_MAX)
      .describe('Whole seconds to advance by, 30 days at most; 0 runs what is due by now.'),
  })
  .meta({ id: 'AdvanceTestClock', description: 'How far to move the test clock.' });
export type AdvanceTestClock = z.infer<typeof AdvanceTestClock>;

export const Happened = z
  .object({
    at: Timestamp.describe('By the test clock.'),
    type: z
      .string()
      .describe(
        'A task’s event, such as `task.assigned`, or `webhook.attempt`: a try at a delivery.',
      ),
    task_id: z.string().nullable(),
    event_type: z.string().optional().describe('Of an attempt: the event that was delivered.'),
    url: z.string().optional().describe('Of an attempt: where to.'),
    attempt: whole.optional().describe('Of an attempt: its number.'),
    status_code: whole.nullable().optional().describe('Of an attempt: what the receiver answered.'),
  })
  .meta({ id: 'TestClockEvent', description: 'Something that happened as the clock moved.' });
export type Happened = z.infer<typeof Happened>;

export const AdvancedTestClock = TestClock.extend({
  advanced_seconds: whole.describe('How far it moved.'),
  remaining_seconds: whole.describe('How far it is still to go; 0 when done.'),
  done: z
    .boolean()
    .describe(
      'False where there was more to do than fits one request: advance by `remaining_seconds` to go on.',
    ),
  happened: z.array(Happened).describe('What happened, in its order; the first 1,000.'),
  has_more: z.boolean().describe('Whether more happened than is listed.'),
}).meta({ id: 'AdvancedTestClock', description: 'The test clock after it was advanced.' });
export type AdvancedTestClock = z.infer<typeof AdvancedTestClock>;
