/**
 * All default settings of verification, in one place. Browser-safe: the dashboard edits overrides
 * with the same schema.
 */
import { PolicyOverrides } from '@/server/features/task-types/schema';

export { PolicyOverrides };

type Section<K extends keyof PolicyOverrides> = Required<NonNullable<PolicyOverrides[K]>>;

/** All settings, resolved for one tier. */
export interface VerificationPolicy {
  anomaly: Section<'anomaly'>;
  gold: Section<'gold'>;
  consensus: Section<'consensus'>;
  qa: Section<'qa'>;
}

const BASE = {
  anomaly: {
    minTypeSample: 20,
    weakTimeZ: 3.5,
    strongTimeZ: 5,
    logSecondsMadFloor: 0.2,
    floorBaseMs: 200,
    floorMsPerChar: 1 / 50,
    floorCapMs: 3_000,
    unsuspiciousPerHour: 1_800,
    weakAlpha: 1e-3,
    strongAlpha: 1e-6,
    minRun: 12,
    minMixAnswers: 30,
    minTextChars: 40,
    duplicateSimilarity: 0.85,
    weakPasteShare: 0.9,
    strongPasteShare: 0.95,
    focusLossShare: 0.5,
    attention: 0.85,
    accuracyAlpha: 0.01,
  },
  consensus: {
    numberTolerance: 0,
    numberToleranceMax: 0.05,
    dateTimeToleranceMs: 60_000,
    textSimilarity: 0.8,
    openLabels: 10,
    accuracyCap: 0.99,
  },
} satisfies Partial<VerificationPolicy>;

const GOLD = {
  priorMean: 0.75,
  priorStrength: 4,
  intervalMass: 0.9,
  initialRate: 1 / 3,
  finalRate: 1 / 20,
  initialGolds: 10,
  doubtedRate: 1 / 2,
  pauseAlpha: 0.005,
  pauseMinGolds: 8,
  pauseCooldownHours: 24,
  pastWeight: 0.25,
  tierSlack: 0.05,
  reliabilityRise: 0.8,
  reliabilityFall: 0.6,
  retireBelow: 0.5,
  retireAlpha: 0.02,
  feedback: false,
  feedbackPerDay: 5,
};

/** Each further pause of one type takes twice as long as the one before, up to this. */
export const PAUSE_HOURS_MAX = 30 * 24;

/** How golds are mixed into the queue; their rate is set by `GOLD` above and a type's `gold_rate`. */
export const SOWING = {
  /** Maximum delay of a gold after the answer it was drawn for, so that its timing reveals nothing. */
  delayMsMax: 45_000,
  /** Maximum distance in creation time from the task it imitates. */
  datedApartMs: 1_000,
  /** Share of its time that the imitated task must still have. */
  timeLeftMin: 0.5,
};

/** One audit in a hundred tasks must not outweigh all golds of its voters. */
const AUDIT_WEIGHT_MAX = 10;

/** One decided review in twenty is also decided by another reviewer. */
const SECOND_REVIEW_RATE = 0.05;

/** A newcomer's interval starts at .37, so the floors of low and medium let newcomers in. */
const GOLD_BY_TIER = {
  low: { floor: 0.25, pauseBelow: 0.5, pauseSafe: 0.65, tierMinGolds: 0 },
  medium: { floor: 0.35, pauseBelow: 0.55, pauseSafe: 0.7, tierMinGolds: 10 },
  high: { floor: 0.5, pauseBelow: 0.6, pauseSafe: 0.75, tierMinGolds: 20 },
  critical: { floor: 0.6, pauseBelow: 0.7, pauseSafe: 0.8, tierMinGolds: 40 },
};

const QA_BY_TIER = {
  low: { sampleRate: 0.01, alwaysReview: false },
  medium: { sampleRate: 0.03, alwaysReview: false },
  high: { sampleRate: 0.1, alwaysReview: false },
  critical: { sampleRate: 1, alwaysReview: true },
};

export type PolicyTier = keyof typeof GOLD_BY_TIER;

/**
 * The policy of a tier, with a task type's overrides applied.
 * @throws ZodError if the overrides have unknown keys or values out of range.
 */
export function policyFor(tier: PolicyTier, overrides: PolicyOverrides = {}): VerificationPolicy {
  const given = PolicyOverrides.parse(overrides);
  return {
    anomaly: { ...BASE.anomaly, ...given.anomaly },
    gold: { ...GOLD, ...GOLD_BY_TIER[tier], ...given.gold },
    consensus: { ...BASE.consensus, ...given.consensus },
    qa: {
      ...QA_BY_TIER[tier],
      auditWeightMax: AUDIT_WEIGHT_MAX,
      secondReviewRate: SECOND_REVIEW_RATE,
      ...given.qa,
    },
  };
}
