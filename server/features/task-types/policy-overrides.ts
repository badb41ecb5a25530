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
