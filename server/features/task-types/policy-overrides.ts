/**
 * The verification parameters that a task type may override; defaults and meaning are defined in
 * the verification feature. Browser-safe.
 */
import { z } from 'zod';

const share = z.number().min(0).max(1);
const positive = z.number().positive();
const count = z.number().int().positive();

/** What a task type may override; unknown keys are rejected by name. */
export const PolicyOverrides = z
  .strictObject({
    anomaly: z
      .strictObject({
        /** Answers of the type needed before its own distribution is used. */
        minTypeSample: count,
        /** Robust z of ln(seconds), as positive numbers below the median. */
        weakTimeZ: positive,
        strongTimeZ: positive,
        /** Lower bound of the MAD of ln(seconds). */
        logSecondsMadFloor: positive,
        floorBaseMs: z.number().min(0),
        floorMsPerChar: z.number().min(0),
        floorCapMs: z.number().min(0),
        /** Answers per hour that raise no suspicion. */
        unsuspiciousPerHour: positive,
        /** Probabilities under the null hypothesis at which pattern signals fire. */
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
        /**
         * An inaccurate worker on this share of tasks is detected with a probability of
         * `accuracyAlpha`.
         */
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
        /** While there are doubts about a worker that golds have not cleared. */
        doubtedRate: share,
        /** The probability of ever pausing a worker with this accuracy is at most `pauseAlpha`. */
        pauseSafe: share,
        pauseAlpha: z.number().gt(0).lt(1),
        /** Minimum golds since the last return before a pause or a lower tier. */
        pauseMinGolds: count,
        /** Hours until the return opens; doubles after each further pause. */
        pauseCooldownHours: z
          .number()
          .min(0)
          .max(24 * 90),
        /** Weight in the posterior of golds from before the last return. */
        pastWeight: share,
        /** Golds since the last return needed for a higher tier. */
        tierMinGolds: z.number().int().min(0),
        /** How far below its floor the interval's lower end may fall before a tier is lost. */
        tierSlack: share,
        /** Reliability needed for a higher tier, and the minimum to keep one. */
        reliabilityRise: share,
        reliabilityFall: share,
        /** A gold retires itself if fewer of the best workers than this agree with it. */
        retireBelow: z.number().gt(0).lt(1),
        /** The probability that a gold with that agreement ever retires nonetheless. */
        retireAlpha: z.number().gt(0).lt(1),
        /** Whether workers also get feedback on golds they answered right. */
        feedback: z.boolean(),
        /** How often a day a worker sees a gold's answer or explanation. */
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
        /** Assumed number of labels of open fields, where two mistakes rarely coincide. */
        openLabels: z.number().int().min(2),
        /** Minimum confidence in an answer that a reviewer accepted or gave. */
        accuracyCap: z.number().min(0.5).max(1),
      })
      .partial()
      .optional(),
    qa: z
      .strictObject({
        sampleRate: share,
        alwaysReview: z.boolean(),
        /** A random audit has an evidence weight of 1/sampleRate, up to this maximum. */
        auditWeightMax: z.number().min(1),
        /** Share of decided reviews that another reviewer also decides, blind. */
        secondReviewRate: share,
      })
      .partial()
      .optional(),
  })
  .meta({
    id: 'VerificationPolicy',
    description: 'Verification parameters that differ from the defaults.',
  });
export type PolicyOverrides = z.infer<typeof PolicyOverrides>;
