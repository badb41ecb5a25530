import { z } from 'zod';
import { Timestamp, whole } from '@/server/platform/answer-fields';

/** The wire contract of the test clock (snake_case JSON). Browser-safe. */

export const ADVANCE_SECONDS_MAX = 2_592_000;
export const HAPPENED_MAX = 1_000;

export const TestClock = z
  .object({
    object: z.literal('test_clock'),
    stopped: z.boolean().describe('False if test mode uses real time.'),
    now: Timestamp.describe('The current time in test mode.'),
    next_due_at: Timestamp.nullable().describe(
      'When the next event is due; null if there is none.',
    ),
  })
  .meta({ id: 'TestClock', description: 'The clock of your organization’s test mode.' });
export type TestClock = z.infer<typeof TestClock>;

export const AdvanceTestClock = z
  .strictObject({
    seconds: z
      .number()
      .int()
      .min(0)
      .max(ADVANCE_SECONDS_MAX)
      .describe('Whole seconds to advance by, 30 days at most; 0 runs what is already due.'),
  })
  .meta({ id: 'AdvanceTestClock', description: 'How far to move the test clock.' });
export type AdvanceTestClock = z.infer<typeof AdvanceTestClock>;

export const Happened = z
  .object({
    at: Timestamp.describe('By the test clock.'),
    type: z
      .string()
      .describe(
        'A task’s event, such as `task.assigned`, or `webhook.attempt`: a delivery attempt.',
      ),
    task_id: z.string().nullable(),
    event_type: z.string().optional().describe('For an attempt: the delivered event.'),
    url: z.string().optional().describe('Of an attempt: where to.'),
    attempt: whole.optional().describe('Of an attempt: its number.'),
    status_code: whole
      .nullable()
      .optional()
      .describe('For an attempt: the receiver’s status code.'),
  })
  .meta({ id: 'TestClockEvent', description: 'An event that happened as the clock moved.' });
export type Happened = z.infer<typeof Happened>;

export const AdvancedTestClock = TestClock.extend({
  advanced_seconds: whole.describe('How far it moved.'),
  remaining_seconds: whole.describe('The remaining time; 0 when done.'),
  done: z
    .boolean()
    .describe(
      'False if there was too much to do for one request: advance by `remaining_seconds` to continue.',
    ),
  happened: z.array(Happened).describe('What happened, in order; the first 1,000 events.'),
  has_more: z.boolean().describe('Whether more happened than is listed.'),
}).meta({ id: 'AdvancedTestClock', description: 'The test clock after it was advanced.' });
export type AdvancedTestClock = z.infer<typeof AdvancedTestClock>;
