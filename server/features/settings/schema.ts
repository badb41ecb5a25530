import { z } from 'zod';

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

export const InstanceSettings = z.strictObject({
  /** New workers of the public pool wait until an operator lets them in. */
  requireVetting: z.boolean().default(false),
  quiz: QuizNumbers.prefault({}),
  appeals: AppealNumbers.prefault({}),
  payouts: PayoutNumbers.prefault({}),
});
export type InstanceSettings = z.infer<typeof InstanceSettings>;
