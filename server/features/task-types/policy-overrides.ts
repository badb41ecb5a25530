/**
 * The numbers of verification that a task type may set otherwise; their defaults and meaning stand in
 * the verification feature. Browser-safe.
 */
import { z } from 'zod';

const share = z.number().min(0).max(1);
const positive = z.number().positive();
const count = z.number().int().positive();

/** What a task type may override; unknown keys are refused by name. */
export const PolicyOverrides = z
  .strictObject({
    anomaly: z
      .strictObject({
        /** Answers of the type needed before its own distribution is used. */
        minTypeSample: count,
        /** Robust z of ln(seconds), as positive numbers below the median. */
        weakTimeZ: positive,
        strongTimeZ: positive,
        /** MAD of ln(seconds) is never taken smaller than this. */
        logSecondsMadFloor: positive,
        floorBaseMs: z.number().min(0),
        floorMsPerChar: z.number().min(0),
        floorCapMs: z.number().min(0),
        /** Answers per hour that nobody is suspected for. */
        unsuspiciousPerHour: positive,
        /** Probabilities under the null hypothesis at which pattern signals speak. */
        weakAlpha: share,
        strongAlpha: share,
        minRun: count,
        minMixAnswers: count,
        /** Free texts shorter than this are not compared. */
        minTextChars: count,
        duplicateSimilarity: share,
        weakPasteShare: share,
        strongPasteShare: share,
        focusLossShare: share,
        /** Who looks at this share of the tasks is found inaccurate with a probability of `accuracyAlpha`. */
        attention: z.number().gt(0).max(1),
        /** In 200 answers. */
        accuracyAlpha: z.number().gt(0).lt(1),
      })
      .partial()
      .optional(),
    gold: z
      .strictObject({
        priorMean: share,
        priorStrength: positive,
        /** Mass of the credible interval. */
        intervalMass: share,
        /** The interval's lower end must reach this. */
        floor: share,
        /** The skill is paused when the interval's upper end is below this. */
        pauseBelow: share,
        initialRate: share,
        finalRate: share,
        initialGolds: count,
        /** While there are doubts about a worker, and golds have not cleared them. */
        doubtedRate: share,
        /** Who is right this often is paused with a probability of at most `pauseAlpha`, ever. */
        pauseSafe: share,
        pauseAlpha: z.number().gt(0).lt(1),
        /** Golds since the last return before a pause, or a lower tier, is thought of. */
        pauseMinGolds: count,
        /** Until the way back opens; twice as long after each further pause. */
        pauseCooldownHours: z
          .number()
          .min(0)
          .max(24 * 90),
        /** What golds from before the last return from a pause count in the posterior. */
        pastWeight: share,
        /** Golds since the last return that the tier takes to be raised to. */
        tierMinGolds: z.number().int().min(0),
        /** How far below its floor the interval's lower end may fall before a tier is lost. */
        tierSlack: share,
        /** Reliability that it takes to be raised, and below which a tier is lost. */
        reliabilityRise: share,
        reliabilityFall: share,
        /** A gold retires itself where fewer of the best workers than this agree with it. */
        retireBelow: z.number().gt(0).lt(1),
        /** How often a gold that so many agree with may do so all the same, ever. */
        retireAlpha: z.number().gt(0).lt(1),
        /** Workers are also told of golds that they got right. */
        feedback: z.boolean(),
        /** How often a day a worker is told what a gold's answer is, or why. */
        feedbackPerDay: z.number().int().min(0).max(1_000),
      })
      .partial()
      .optional(),
    consensus: z
      .strictObject({
        /** A bounded number is right within the larger of these shares of its range. */
        numberTolerance: share,
        numberToleranceMax: share,
        dateTimeToleranceMs: z.number().min(0),
        textSimilarity: share,
        /** Labels assumed for open fields, where two mistakes seldom coincide. */
        openLabels: z.number().int().min(2),
        /** How sure an answer is at least that a reviewer accepted or gave. */
        accuracyCap: z.number().min(0.5).max(1),
      })
      .partial()
      .optional(),
    qa: z
      .strictObject({
        sampleRate: share,
        alwaysReview: z.boolean(),
        /** A random audit counts as evidence as often as 1/sampleRate says, and at most this often. */
        auditWeightMax: z.number().min(1),
        /** Share of decided reviews that another reviewer decides as well, without knowing of the first. */
        secondReviewRate: share,
      })
      .partial()
      .optional(),
  })
  .meta({
    id: 'VerificationPolicy',
    description: 'Numbers of verification that differ from the defaults.',
  });
export type PolicyOverrides = z.infer<typeof PolicyOverrides>;
