import { z } from 'zod';
import { CURRENCIES } from './policy';

export { CURRENCIES } from './policy';

/** What operators set for the whole instance, each with its default. Browser-safe. */

/** The numbers of the skill quizzes. */
export const QuizNumbers = z.strictObject({
  /** Questions a try; fewer where a skill has fewer golds, and no quiz below five. */
  questions: z.number().int().min(5, 'At least 5.').max(10, 'At most 10.').default(5),
  /** The share of right answers it takes. */
  passMark: z.number().min(0.5, 'At least half.').max(1, 'At most all.').default(0.8),
  /** Tries before a skill is closed to a worker until an operator pardons them. */
  tries: z.number().int().min(1, 'At least 1.').max(10, 'At most 10.').default(3),
  /** Hours to wait after the first failed try, the second, and so on; the last one repeats. */
  cooldownHours: z
    .array(
      z
        .number()
        .min(0)
        .max(24 * 90),
    )
    .min(1)
    .max(10)
    .default([24, 72]),
  /** Minutes from the first question to the last answer. */
  minutes: z.number().int().min(5, 'At least 5.').max(240, 'At most 240.').default(30),
});
export type QuizNumbers = z.infer<typeof QuizNumbers>;

/** The numbers of appeals. */
export const AppealNumbers = z.strictObject({
  /** Hours in which an appeal is decided; after that it is decided in the worker's favour. */
  hours: z.number().int().min(1, 'At least 1.').max(720, 'At most 720.').default(72),
  /** Appeals of one worker that may be open at once. */
  openPerWorker: z.number().int().min(1, 'At least 1.').max(100, 'At most 100.').default(10),
});
export type AppealNumbers = z.infer<typeof AppealNumbers>;

/** The numbers of payouts. */
export const PayoutNumbers = z.strictObject({
  /** Days for which what a new worker of the public pool earns in live mode is kept; 0 keeps nothing. */
  newWorkerHoldDays: z.number().int().min(0, 'At least 0.').max(90, 'At most 90.').default(0),
});
export type PayoutNumbers = z.infer<typeof PayoutNumbers>;

/** The most that a floor can ask for an hour. */
const SATS_PER_HOUR_MAX = 100_000_000;

/** What an hour of a worker's own time is to be paid at least, in live mode. */
export const WageFloorSetting = z.strictObject({
  satsPerHour: z
    .number()
    .int()
    .min(1, 'At least 1 sat, or none.')
    .max(SATS_PER_HOUR_MAX, 'At most 1 bitcoin an hour.')
    .nullable()
    .default(null),
  /**
   * What becomes of a task that pays less: it is refused with the payout that would do, or its payout is raised
   * to that. Only a payout that neither the request nor the organization's own type names is raised.
   */
  below: z.enum(['refuse', 'raise']).default('refuse'),
});
export type WageFloorSetting = z.infer<typeof WageFloorSetting>;

export type Currency = (typeof CURRENCIES)[number];

export const RATE_SOURCES = ['off', 'coinbase', 'kraken', 'mempool', 'url'] as const;
export type RateSource = (typeof RATE_SOURCES)[number];

/** What a bitcoin can cost at least and at most, in whichever currency; anything else is a mistake. */
export const PER_BTC_MIN = 1;
export const PER_BTC_MAX = 1e12;

/** Where the price of a bitcoin comes from. */
export const RateSettings = z
  .strictObject({
    source: z.enum(RATE_SOURCES).default('off'),
    /** For the source `url`: answers `{"USD": 97000.5, "EUR": …}`, as an instance of mempool does. */
    url: z
      .url({ protocol: /^https?$/, error: 'An http:// or https:// address.' })
      .max(2_048)
      .nullable()
      .default(null),
    /** What a bitcoin costs whatever a source says, by currency. */
    overrides: z
      .partialRecord(
        z.enum(CURRENCIES),
        z.number().min(PER_BTC_MIN, 'At least 1.').max(PER_BTC_MAX, 'That is too much.'),
      )
      .default({}),
  })
  .refine(({ source, url }) => source !== 'url' || url !== null, {
    message: 'Give the address to ask.',
    path: ['url'],
  });
export type RateSettings = z.infer<typeof RateSettings>;

/** Tasks without an API key, each paid for before it is created. */
export const L402Setting = z.strictObject({
  enabled: z.boolean().default(false),
  /** Whose tasks they are: an organization that is made for them when they are first offered. */
  organizationId: z.uuid().nullable().default(null),
});
export type L402Setting = z.infer<typeof L402Setting>;

export const InstanceSettings = z.strictObject({
  /** New workers of the public pool wait until an operator lets them in. */
  requireVetting: z.boolean().default(false),
  quiz: QuizNumbers.prefault({}),
  appeals: AppealNumbers.prefault({}),
  payouts: PayoutNumbers.prefault({}),
  wageFloor: WageFloorSetting.prefault({}),
  rates: RateSettings.prefault({}),
  l402: L402Setting.prefault({}),
});
export type InstanceSettings = z.infer<typeof InstanceSettings>;
