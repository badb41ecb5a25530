import { z } from 'zod';
import { Redundancy, Rule, TypeName } from '@/server/features/task-types/schema';

const Tier = z.enum(['low', 'medium', 'high', 'critical']);
const share = z.number().min(0).max(1);
const count = z.number().int().min(0);

export const SkillStanding = z.object({
  skill: z.string(),
  /** No tasks that need it come until it is cleared. */
  paused: z.boolean(),
  /** Answers to tasks whose answer is known, and how many of them were right. */
  total: count,
  correct: count,
  /** Mean and interval of the accuracy's posterior. */
  accuracy: share,
  lower: share,
  upper: share,
});
export type SkillStanding = z.infer<typeof SkillStanding>;

/** What is closed to a worker, why, and what opens it again. */
export const TypePause = z.object({
  id: z.string(),
  reason: z.string(),
  /** True where golds led to it; else somebody set it. */
  byGolds: z.boolean(),
  returnsBy: z.enum(['own_quiz', 'shipped_quiz', 'probation', 'person']),
  pausedAt: z.date(),
  /** When the way back opens; null where only a person lifts it. */
  returnsAt: z.date().nullable(),
});
export type TypePause = z.infer<typeof TypePause>;

/** How a worker stands with one organization's type. */
export const TypeStanding = z.object({
  type: z.string(),
  title: z.string(),
  /** The highest risk of its tasks that come. */
  tier: Tier,
  /** Whether golds move the tier, rather than somebody. */
  tierAuto: z.boolean(),
  /** Answers to tasks whose answer is known, and how many of them were right. */
  total: count,
  correct: count,
  /** Mean of the accuracy's posterior, and the interval that holds 90 % of it. */
  accuracy: share,
  lower: share,
  upper: share,
  /** What the tier above asks for; null at the top, and where somebody sets the tier. */
  next: z
    .object({
      tier: Tier,
      floor: share,
      golds: count,
      goldsNeeded: count,
      /** Of tasks of this kind alone. */
      reliability: share,
      reliabilityNeeded: share,
      /** Golds in a row, all right, after which it is reached; null where none are in sight. */
      rightAnswersNeeded: count.nullable(),
    })
    .nullable(),
  pause: TypePause.nullable(),
});
export type TypeStanding = z.infer<typeof TypeStanding>;

export const Standing = z.object({
  /** Where no rule has set another for a type. */
  tier: Tier,
  tierAuto: z.boolean(),
  /** Share of assignments that were answered rather than left to lapse; recent ones weigh more. */
  reliability: share,
  answers: z.object({ accepted: count, rejected: count }),
  /** Golds are counted up to this moment, so that no count tells which task was one. */
  asOf: z.date(),
  /** Of each organization and type by itself; workers are not told whose it is. */
  types: z.array(TypeStanding),
  /** Skills held, with what all organizations' golds of that name come to. */
  skills: z.array(SkillStanding),
});
export type Standing = z.infer<typeof Standing>;

const PauseReason = z
  .string()
  .trim()
  .min(5, 'Say in a few words why; the worker reads it.')
  .max(500, 'At most 500 characters.');

/** A type to be paused for a worker by hand. */
export const PauseType = z.strictObject({
  workerId: z.uuid(),
  organizationId: z.uuid(),
  type: TypeName,
  reason: PauseReason,
});
export type PauseType = z.infer<typeof PauseType>;

export const LiftPause = z.strictObject({ pauseId: z.uuid(), reason: PauseReason });
export type LiftPause = z.infer<typeof LiftPause>;

/** A standing to show elsewhere. The signature is of the rest, as canonical JSON (RFC 8785). */
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

/** Rules to be held against the last answers of a type. */
export const TestRules = z.strictObject({
  type: TypeName,
  rules: z.array(Rule).min(1).max(50),
  limit: z.number().int().min(1).max(1_000).default(200),
});
export type TestRules = z.infer<typeof TestRules>;

/** How often a rule held, was broken, or did not concern the answer. */
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
  /** Of the rejected, those that were accepted when they were judged. */
  acceptedBefore: number;
  rules: RuleTally[];
  examples: RuleExample[];
}

/** A check URL of a type, to be tried on a made-up answer. */
export const TestCheck = z.strictObject({
  type: TypeName,
  url: z.string().min(1).max(2_048),
});
export type TestCheck = z.infer<typeof TestCheck>;

/** What a check URL did with a made-up answer. */
export interface CheckTest {
  verdict: 'pass' | 'reject' | 'review' | null;
  message: string;
  /** Why it is no verdict; null where it is one. */
  error: string | null;
  statusCode: number | null;
  durationMs: number;
}

export const BACK_TEST_METHODS = ['current', 'gnb', 'majority'] as const;

/** Settings that a back-test replays; what is left out is as the type has it. Browser-safe. */
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
