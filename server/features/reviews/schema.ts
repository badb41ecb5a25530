import { z } from 'zod';
import { TypeName } from '@/server/features/task-types/schema';
import { DECISIONS, NOTE_CHARS_MAX, REVIEW_KINDS } from './policy';

export { CLAIM_MS } from './policy';

/** The contract of reviews; browser-safe. */

export type ReviewKind = (typeof REVIEW_KINDS)[number];

export type Decision = (typeof DECISIONS)[number];

/** At what age a review waits long enough to be listed. */
export const AGES = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const;

export const ReviewFilter = z.strictObject({
  kind: z.enum(REVIEW_KINDS).optional(),
  type: TypeName.optional(),
  /** Only what has waited for at least as long. */
  waitedFor: z.enum(['hour', 'day', 'week']).optional(),
  /** Whose reviewers are meant to decide; of operators alone, who see the instance's unless told. */
  queue: z.enum(['instance', 'organization']).optional(),
});
export type ReviewFilter = z.infer<typeof ReviewFilter>;

export const ListReviews = z.strictObject({
  filter: ReviewFilter.default({}),
  /** The `next` of the page before. */
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
  /** When its task expires; null where no task waits for it. */
  expiresAt: Date | null;
  /** Somebody else looks at it now. */
  taken: boolean;
}

export interface ReviewPage {
  reviews: ReviewRow[];
  next: string | null;
}

/** How many wait, of each kind and type; what the filter leaves out is counted too. */
export type ReviewCounts = { kind: ReviewKind; type: string; count: number }[];

/** Whether an organization's members review what the public pool answered, beside the operators. */
export const ReviewScope = z.strictObject({ publicPool: z.boolean() });
export type ReviewScope = z.infer<typeof ReviewScope>;

export const ReviewRef = z.strictObject({ reviewId: z.uuid() });
export type ReviewRef = z.infer<typeof ReviewRef>;

/** What a reviewer sees of one review. */
export interface ReviewDetail {
  id: string;
  kind: ReviewKind;
  blocking: boolean;
  status: 'open' | 'decided' | 'void';
  reason: string;
  /** What the worker says whose appeal it decides; null on other reviews. */
  appeal: string | null;
  /** What the stage that asked for it says, for people; null where none asked. */
  why: string | null;
  /** How likely such a task was to be drawn. */
  samplingProbability: number;
  /** The answer that is, or was, to be given; null where there is none. */
  proposed: unknown;
  createdAt: Date;
  task: {
    id: string;
    title: string;
    riskTier: string;
    /** Null in a second review, where it would tell what the first came to. */
    status: string | null;
    payload: Record<string, unknown>;
    payloadUi: Record<string, unknown>;
    instructions: string;
    /** Normalised, as the form takes it. */
    outputSchema: Record<string, unknown>;
    expiresAt: Date;
  };
  /** First answers first; whose they are is not told. */
  answers: {
    id: string;
    output: unknown;
    /** Null in a second review. */
    status: string | null;
    seconds: number;
    /** Whether it says what is proposed, where it counts. */
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
 * A reviewer's decision. `output` is needed with `correct`; `note` with `reject`, and on an appeal with
 * `correct` too.
 */
export const DecideReview = z
  .strictObject({
    reviewId: z.uuid(),
    decision: z.enum(DECISIONS),
    output: z.unknown().optional(),
    note: z.string().trim().max(NOTE_CHARS_MAX).optional(),
    /** Offers the task with its right answer as a gold. */
    offerAsGold: z.boolean().optional(),
  })
  .refine((value) => value.decision !== 'correct' || value.output !== undefined, {
    message: 'Give the right answer with a correction.',
    path: ['output'],
  })
  .refine((value) => value.decision !== 'reject' || Boolean(value.note), {
    message: 'Say why; the worker reads it.',
    path: ['note'],
  });
export type DecideReview = z.infer<typeof DecideReview>;

/** How far reviewers agree who decided the same without knowing of each other. */
export interface ReviewerAgreement {
  /** Reviews decided twice. */
  pairs: number;
  agreed: number;
  /** Cohen's κ of the decisions; null without pairs, or where chance alone would always agree. */
  kappa: number | null;
  /** The latest pairs that came to different ends; the first decision stands. */
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
