import { z } from 'zod';
import { Redundancy, Rule, TypeName } from '@/server/features/task-types/schema';

const Tier = z.enum(['low', 'medium', 'high', 'critical']);
const share = z.number().min(0).max(1);
const count = z.number().int().min(0);

export const SkillStanding = z.object({
  skill: z.string(),
  /** No tasks that require it are offered until it is lifted. */
  paused: z.boolean(),
  /** Answers to golds, and the number of them that were right. */
  total: count,
  correct: count,
  /** Mean and interval of the accuracy's posterior. */
  accuracy: share,
  lower: share,
  upper: share,
});
export type SkillStanding = z.infer<typeof SkillStanding>;

/** What is paused for a worker, why, and how it ends. */
export const TypePause = z.object({
  id: z.string(),
  reason: z.string(),
  /** True if caused by golds; otherwise a person set it. */
  byGolds: z.boolean(),
  returnsBy: z.enum(['own_quiz', 'shipped_quiz', 'probation', 'person']),
  pausedAt: z.date(),
  /** When the way back opens; null if only a person lifts it. */
  returnsAt: z.date().nullable(),
});
export type TypePause = z.infer<typeof TypePause>;

/** A worker's standing with one organization's type. */
export const TypeStanding = z.object({
  type: z.string(),
  title: z.string(),
  /** The highest risk tier of the tasks offered. */
  tier: Tier,
  /** Whether golds change the tier, rather than a person. */
  tierAuto: z.boolean(),
  /** Answers to golds, and the number of them that were right. */
  total: count,
  correct: count,
  /** Mean of the accuracy's posterior, and its 90% interval. */
  accuracy: share,
  lower: share,
  upper: share,
  /** The requirements of the next tier; null at the top, and if a person sets the tier. */
  next: z
    .object({
      tier: Tier,
      floor: share,
      golds: count,
      goldsNeeded: count,
      /** Of this type's tasks only. */
      reliability: share,
      reliabilityNeeded: share,
      /** Consecutive right golds until it is reached; null if not achievable soon. */
      rightAnswersNeeded: count.nullable(),
    })
    .nullable(),
  pause: TypePause.nullable(),
});
export type TypeStanding = z.infer<typeof TypeStanding>;

export const Standing = z.object({
  /** The default for types without their own. */
  tier: Tier,
  tierAuto: z.boolean(),
  /** Share of assignments answered rather than lapsed; recent ones count more. */
  reliability: share,
  answers: z.object({ accepted: count, rejected: count }),
  /** Golds are counted up to this time, so that the count does not reveal golds. */
  asOf: z.date(),
  /** For each organization and type; workers do not see whose it is. */
  types: z.array(TypeStanding),
  /** Skills held, with the totals of all organizations' golds of that name. */
  skills: z.array(SkillStanding),
});
export type Standing = z.infer<typeof Standing>;

const PauseReason = z
  .string()
  .trim()
  .min(5, 'Say in a few words why; the worker reads it.')
  .max(500, 'At most 500 characters.');

/** A type to pause for a worker manually. */
export const PauseType = z.strictObject({
  workerId: z.uuid(),
  organizationId: z.uuid(),
  type: TypeName,
  reason: PauseReason,
});
export type PauseType = z.infer<typeof PauseType>;

export const LiftPause = z.strictObject({ pauseId: z.uuid(), reason: PauseReason });
export type LiftPause = z.infer<typeof LiftPause>;

/** A portable standing. The signature covers the rest, as canonical JSON (RFC 8785). */
export const Credential = z.object({
  object: z.literal('worker_credential'),
  worker_id: z.string(),
  name: z.string(),
  mode: z.enum(['live', 'test']),
  issued_at: z.string(),
  member_since: z.string(),
  tier: Tier,
  answers: z.object({ accepted: count, rejected: count }),
  skills: z.array(
    z.object({
      skill: z.string(),
      checked: count,
      correct: count,
      accuracy: share,
      lower: share,
      upper: share,
    }),
  ),
  signature: z.object({
    algorithm: z.literal('ed25519'),
    public_key: z.string(),
    value: z.string(),
  }),
});
export type Credential = z.infer<typeof Credential>;

/** Rules to test on the last answers of a type. */
export const TestRules = z.strictObject({
  type: TypeName,
  rules: z.array(Rule).min(1).max(50),
  limit: z.number().int().min(1).max(1_000).default(200),
});
export type TestRules = z.infer<typeof TestRules>;

/** How often a rule passed, failed, or did not apply. */
export interface RuleTally {
  id: string;
  holds: number;
  broken: number;
  notApplicable: number;
  errors: number;
  error: string | null;
}

/** An answer that the rules would reject. */
export interface RuleExample {
  answerId: string;
  taskId: string;
  output: unknown;
  /** Whether it was accepted when it was judged. */
  wasAccepted: boolean;
  broken: { id: string; message: string }[];
  answeredAt: Date;
}

export interface RuleTest {
  tested: number;
  passed: number;
  rejected: number;
  /** The number of the rejected that were accepted when judged. */
  acceptedBefore: number;
  rules: RuleTally[];
  examples: RuleExample[];
}

/** A type's check URL, to test with a sample answer. */
export const TestCheck = z.strictObject({
  type: TypeName,
  url: z.string().min(1).max(2_048),
});
export type TestCheck = z.infer<typeof TestCheck>;

/** A check URL's result for a sample answer. */
export interface CheckTest {
  verdict: 'pass' | 'reject' | 'review' | null;
  message: string;
  /** Why it is not a verdict; null if it is one. */
  error: string | null;
  statusCode: number | null;
  durationMs: number;
}

export const BACK_TEST_METHODS = ['current', 'gnb', 'majority'] as const;

/** Settings for a back-test to replay; absent ones default to the type's. Browser-safe. */
export const BackTestSettings = z.strictObject({
  ...Redundancy.shape,
  gold_rate: z.number().min(0).max(0.5).optional().describe('Share of known answers in the queue.'),
  method: z
    .enum(BACK_TEST_METHODS)
    .optional()
    .describe('`current` as the judge weighs votes now, `gnb` by golds alone, or `majority`.'),
});
export type BackTestSettings = z.infer<typeof BackTestSettings>;

export const RunBackTest = z.strictObject({
  type: TypeName,
  settings: BackTestSettings.optional(),
});
export type RunBackTest = z.infer<typeof RunBackTest>;
