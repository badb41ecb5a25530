import { z } from 'zod';
import { TypeName } from '@/server/features/task-types/schema';
import { DECISIONS, NOTE_CHARS_MAX, REVIEW_KINDS } from './policy';

export { CLAIM_MS } from './policy';

/** The contract of reviews; browser-safe. */

export type ReviewKind = (typeof REVIEW_KINDS)[number];

export type Decision = (typeof DECISIONS)[number];

/** Age filters of the queue. */
export const AGES = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const;

export const ReviewFilter = z.strictObject({
  kind: z.enum(REVIEW_KINDS).optional(),
  type: TypeName.optional(),
  /** Only reviews at least this old. */
  waitedFor: z.enum(['hour', 'day', 'week']).optional(),
  /** The intended reviewers; for operators only, who see the instance's queue by default. */
  queue: z.enum(['instance', 'organization']).optional(),
});
export type ReviewFilter = z.infer<typeof ReviewFilter>;

export const ListReviews = z.strictObject({
  filter: ReviewFilter.default({}),
  /** The `next` of the previous page. */
  after: z.uuid().optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export type ListReviews = z.input<typeof ListReviews>;

/** A review in the queue. */
export interface ReviewRow {
  id: string;
  kind: ReviewKind;
  blocking: boolean;
  /** A code, such as `spot_check`. */
  reason: string;
  type: string;
  riskTier: string;
  createdAt: Date;
  /** When its task expires; null if it is not blocking. */
  expiresAt: Date | null;
  /** Claimed by somebody else. */
  taken: boolean;
}

export interface ReviewPage {
  reviews: ReviewRow[];
  next: string | null;
}

/** Open reviews by kind and type, regardless of the filter. */
export type ReviewCounts = { kind: ReviewKind; type: string; count: number }[];

/**
 * Whether an organization's members, in addition to operators, review answers of the public pool.
 */
export const ReviewScope = z.strictObject({ publicPool: z.boolean() });
export type ReviewScope = z.infer<typeof ReviewScope>;

export const ReviewRef = z.strictObject({ reviewId: z.uuid() });
export type ReviewRef = z.infer<typeof ReviewRef>;

/** One review as its reviewer sees it. */
export interface ReviewDetail {
  id: string;
  kind: ReviewKind;
  blocking: boolean;
  status: 'open' | 'decided' | 'void';
  reason: string;
  /** The appealing worker's reason; null on other reviews. */
  appeal: string | null;
  /** The reason given by the stage that requested it; null if none did. */
  why: string | null;
  /** The probability with which the task was sampled. */
  samplingProbability: number;
  /** The answer that is or was going to be delivered; null if there is none. */
  proposed: unknown;
  createdAt: Date;
  task: {
    id: string;
    title: string;
    riskTier: string;
    /** Null in a second review, because it would reveal the first one's outcome. */
    status: string | null;
    payload: Record<string, unknown>;
    payloadUi: Record<string, unknown>;
    instructions: string;
    /** Normalised for the form. */
    outputSchema: Record<string, unknown>;
    expiresAt: Date;
  };
  /** Anonymous, oldest first. */
  answers: {
    id: string;
    output: unknown;
    /** Null in a second review. */
    status: string | null;
    seconds: number;
    /** Whether it agrees with the proposed answer. */
    agrees: boolean;
    verdicts: {
      stage: string;
      verdict: string;
      message: string | null;
      score: number | null;
    }[];
  }[];
}

/**
 * A reviewer's decision. `output` is required with `correct`; `note` with `reject`, and on an
 * appeal also with `correct`.
 */
export const DecideReview = z
  .strictObject({
    reviewId: z.uuid(),
    decision: z.enum(DECISIONS),
    output: z.unknown().optional(),
    note: z.string().trim().max(NOTE_CHARS_MAX).optional(),
    /** Suggests the task with its right answer as a gold. */
    offerAsGold: z.boolean().optional(),
  })
  .refine((value) => value.decision !== 'correct' || value.output !== undefined, {
    message: 'Enter the right answer with a correction.',
    path: ['output'],
  })
  .refine((value) => value.decision !== 'reject' || Boolean(value.note), {
    message: 'Enter a reason; the worker sees it.',
    path: ['note'],
  });
export type DecideReview = z.infer<typeof DecideReview>;

/** Agreement of reviewers who decided the same review independently. */
export interface ReviewerAgreement {
  /** Reviews decided twice. */
  pairs: number;
  agreed: number;
  /** Cohen's κ of the decisions; null without pairs, or if chance alone would always agree. */
  kappa: number | null;
  /** The latest pairs that differ; the first decision stands. */
  disagreements: {
    id: string;
    taskId: string;
    type: string;
    proposed: unknown;
    first: ReviewerWord;
    second: ReviewerWord;
    decidedAt: Date;
  }[];
}

export interface ReviewerWord {
  decision: Decision;
  output: unknown;
  note: string | null;
}
