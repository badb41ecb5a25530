import { z } from 'zod';
import { Rule, TypeName } from '@/server/features/task-types/schema';

/** A reviewer's decision; browser-safe. `output` is needed with `correct`. */
export const DecideReview = z
  .strictObject({
    reviewId: z.string(),
    decision: z.enum(['accept', 'correct', 'reject']),
    output: z.unknown().optional(),
    note: z.string().max(2_000).optional(),
  })
  .refine((value) => value.decision !== 'correct' || value.output !== undefined, {
    message: 'Give the right answer with a correction.',
    path: ['output'],
  });
export type DecideReview = z.infer<typeof DecideReview>;

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

export const Standing = z.object({
  tier: Tier,
  /** Share of assignments that were answered rather than left to lapse; recent ones weigh more. */
  reliability: share,
  answers: z.object({ accepted: count, rejected: count }),
  skills: z.array(SkillStanding),
  next: z
    .object({
      tier: Tier,
      /** What the interval's lower end must reach in a skill for its answers to pass there. */
      floor: share,
      nearest: z
        .object({
          skill: z.string(),
          lower: share,
          /** Checked answers in a row, all right; null where no such number is in sight. */
          rightAnswersNeeded: count.nullable(),
        })
        .nullable(),
    })
    .nullable(),
});
export type Standing = z.infer<typeof Standing>;

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
