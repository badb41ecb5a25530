import { z } from 'zod';
import { CURRENCIES } from './policy';

export { CURRENCIES } from './policy';

/** Instance-wide operator settings and their defaults. Browser-safe. */

/** Settings of skill quizzes. */
export const QuizNumbers = z.strictObject({
  /** Questions per attempt; fewer if a skill has fewer golds, and no quiz below five. */
  questions: z.number().int().min(5, 'At least 5.').max(10, 'At most 10.').default(5),
  /** The share of right answers needed to pass. */
  passMark: z.number().min(0.5, 'At least half.').max(1, 'At most all.').default(0.8),
  /** Attempts before a skill is locked until an operator pardons the worker. */
  tries: z.number().int().min(1, 'At least 1.').max(10, 'At most 10.').default(3),
  /**
   * Hours to wait after the first failed attempt, the second, and so on; the last value repeats.
   */
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

/** Settings of appeals. */
export const AppealNumbers = z.strictObject({
  /** Hours to decide an appeal; after that it is decided in the worker's favour. */
  hours: z.number().int().min(1, 'At least 1.').max(720, 'At most 720.').default(72),
  /** Open appeals per worker. */
  openPerWorker: z.number().int().min(1, 'At least 1.').max(100, 'At most 100.').default(10),
});
export type AppealNumbers = z.infer<typeof AppealNumbers>;

/** Settings of payouts. */
export const PayoutNumbers = z.strictObject({
  /**
   * Days for which earnings of a new worker of the public pool are held in live mode; 0 disables
   * it.
   */
  newWorkerHoldDays: z.number().int().min(0, 'At least 0.').max(90, 'At most 90.').default(0),
});
export type PayoutNumbers = z.infer<typeof PayoutNumbers>;

/** Upper bound of the wage floor. */
const SATS_PER_HOUR_MAX = 100_000_000;

/** Minimum hourly wage of a worker's own time, in live mode. */
export const WageFloorSetting = z.strictObject({
  satsPerHour: z
    .number()
    .int()
    .min(1, 'At least 1 sat, or none.')
    .max(SATS_PER_HOUR_MAX, 'At most 1 bitcoin an hour.')
    .nullable()
    .default(null),
  /**
   * What happens to a task that pays less: it is rejected with the required payout, or its payout
   * is raised. Only a payout set by neither the request nor the organization's own type is raised.
   */
  below: z.enum(['refuse', 'raise']).default('refuse'),
});
export type WageFloorSetting = z.infer<typeof WageFloorSetting>;

export type Currency = (typeof CURRENCIES)[number];

export const RATE_SOURCES = ['off', 'coinbase', 'kraken', 'mempool', 'url'] as const;
export type RateSource = (typeof RATE_SOURCES)[number];

/** Plausible range of the bitcoin price in any currency. */
export const PER_BTC_MIN = 1;
export const PER_BTC_MAX = 1e12;

/** The source of bitcoin prices. */
export const RateSettings = z
  .strictObject({
    source: z.enum(RATE_SOURCES).default('off'),
    /**
     * For the source `url`: responds with `{"USD": 97000.5, "EUR": …}`, like a mempool instance.
     */
    url: z
      .url({ protocol: /^https?$/, error: 'An http:// or https:// address.' })
      .max(2_048)
      .nullable()
      .default(null),
    /** Fixed bitcoin prices by currency, which take precedence over the source. */
    overrides: z
      .partialRecord(
        z.enum(CURRENCIES),
        z.number().min(PER_BTC_MIN, 'At least 1.').max(PER_BTC_MAX, 'The price is too high.'),
      )
      .default({}),
  })
  .refine(({ source, url }) => source !== 'url' || url !== null, {
    message: 'Enter the address to query.',
    path: ['url'],
  });
export type RateSettings = z.infer<typeof RateSettings>;

/** Tasks without an API key, each paid before it is created. */
export const L402Setting = z.strictObject({
  enabled: z.boolean().default(false),
  /** The organization that owns these tasks; created when they are first offered. */
  organizationId: z.uuid().nullable().default(null),
});
export type L402Setting = z.infer<typeof L402Setting>;

export const InstanceSettings = z.strictObject({
  /** Whether new workers of the public pool need an operator's approval. */
  requireVetting: z.boolean().default(false),
  quiz: QuizNumbers.prefault({}),
  appeals: AppealNumbers.prefault({}),
  payouts: PayoutNumbers.prefault({}),
  wageFloor: WageFloorSetting.prefault({}),
  rates: RateSettings.prefault({}),
  l402: L402Setting.prefault({}),
});
export type InstanceSettings = z.infer<typeof InstanceSettings>;
