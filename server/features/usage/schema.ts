import { z } from 'zod';
import { DayText, Mode, whole } from '@/server/platform/answer-fields';
import { isCommonYear } from '@/server/platform/query-fields';

/** The wire contract of usage (snake_case JSON). Browser-safe. */

export const UsagePeriod = z
  .enum(['day', 'week', 'month'])
  .meta({ title: 'UsagePeriod', description: 'Length of a bucket.' });
export type UsagePeriod = z.infer<typeof UsagePeriod>;

const Day = z.iso
  .date('Enter a date as YYYY-MM-DD.')
  .refine((text) => isCommonYear(new Date(text)), 'must be between the years 1970 and 9999');

export const UsageQuery = z.object({
  period: UsagePeriod.default('day').describe(
    'Length of a bucket; weeks start on Monday, and days at midnight UTC.',
  ),
  start_date: Day.optional().describe(
    'First day. Default: 30 days, 12 weeks or 12 months before the last one.',
  ),
  end_date: Day.optional().describe('Last day, inclusive. Default: today.'),
});
export type UsageQuery = z.input<typeof UsageQuery>;

const seconds = z
  .number()
  .nullable()
  .describe(
    'For verified tasks, in seconds from creation to verification; null if there are none.',
  );

export const UsageFacts = z
  .object({
    tasks: z
      .object({
        created: whole,
        posted: whole,
        assigned: whole,
        submitted: whole,
        verified: whole,
        failed: whole,
        cancelled: whole,
        expired: whole,
      })
      .meta({
        title: 'UsageTaskCounts',
        description: 'Tasks created in that period, in total and by current status.',
      }),
    average_completion_seconds: seconds,
    p50_completion_seconds: seconds,
    p95_completion_seconds: seconds,
    spent_sats: whole.describe('Sats charged for verified tasks: payouts and fees.'),
    fee_sats: whole.describe('The fees within the spent sats.'),
    paid_sats: whole.describe('Sats that have reached workers so far.'),
    refunded_sats: whole.describe('Sats held for ended tasks and released.'),
    held_sats: whole.describe('Sats held for open tasks.'),
  })
  .meta({ id: 'UsageFacts', description: 'Counts, durations and sats of tasks.' });
export type UsageFacts = z.infer<typeof UsageFacts>;

const UsageBucket = UsageFacts.extend({
  start_date: DayText.describe('First day of the bucket that is counted.'),
  end_date: DayText.describe('Last day of the bucket that is counted.'),
}).meta({ id: 'UsageBucket', description: 'The usage of one day, week or month.' });

export const Usage = z
  .object({
    object: z.literal('usage'),
    mode: Mode,
    period: UsagePeriod,
    start_date: DayText.describe('First day.'),
    end_date: DayText.describe('Last day, inclusive.'),
    total: UsageFacts.describe('The total of the whole period.'),
    data: z.array(UsageBucket).describe('Every bucket of the period, oldest first.'),
  })
  .meta({ id: 'Usage', description: 'Usage over time.' });
export type Usage = z.infer<typeof Usage>;

export const SpendQuery = z.strictObject({
  days: z.union([z.literal(7), z.literal(30), z.literal(90)]).default(30),
});
export type SpendQuery = z.input<typeof SpendQuery>;

export interface SpendFacts {
  tasks: number;
  /** Charged for verified tasks. */
  spentSats: number;
  /** Held for open tasks. */
  heldSats: number;
}

/** An organization's spending, for the dashboard. */
export interface Spend {
  mode: 'live' | 'test';
  total: SpendFacts;
  /** Charged and held since midnight UTC: the amount a daily cap counts. */
  todaySats: number;
  days: (SpendFacts & { day: string })[];
  /** Most expensive first. */
  types: (SpendFacts & { type: string })[];
  typesLeftOut: number;
}
