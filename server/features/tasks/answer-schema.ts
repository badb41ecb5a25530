import { z } from 'zod';
import { ANSWER_STATUSES, PROBLEM_CATEGORIES } from './policy';

/** The form's report of how the answer was made; disclosed to the worker. */
export const AnswerTelemetry = z.strictObject({
  /** Milliseconds the task was on screen and in focus. */
  activeMs: z.number().int().min(0).max(86_400_000).optional(),
  /** Share of the text that was pasted, 0 to 1. */
  pasteShare: z.number().min(0).max(1).optional(),
  /** Share of the time the page was out of focus, 0 to 1. */
  focusLossShare: z.number().min(0).max(1).optional(),
  keystrokes: z.number().int().min(0).max(1_000_000).optional(),
});
export type AnswerTelemetry = z.infer<typeof AnswerTelemetry>;

export const SubmitAnswerInput = z.strictObject({
  assignmentId: z.uuid(),
  output: z.unknown(),
  telemetry: AnswerTelemetry.optional(),
  /** One key per answer; resending it under the same key returns the first response. */
  idempotencyKey: z.uuid().optional(),
});

export const SaveDraftInput = z.strictObject({ assignmentId: z.uuid(), value: z.unknown() });

export const ReleaseAssignmentInput = z.strictObject({
  assignmentId: z.uuid(),
  reason: z.string().trim().min(1, 'Enter a short reason.').max(500),
});

type ProblemCategory = keyof typeof PROBLEM_CATEGORIES;

export const ReportProblem = z.strictObject({
  assignmentId: z.uuid(),
  category: z.enum(Object.keys(PROBLEM_CATEGORIES) as [ProblemCategory, ...ProblemCategory[]]),
  details: z
    .string()
    .trim()
    .max(2_000, 'Use at most 2,000 characters.')
    // Postgres cannot store U+0000.
    .transform((text) => text.replaceAll('\u0000', ''))
    .default(''),
});
export type ReportProblem = z.infer<typeof ReportProblem>;

/** Filters of a worker's answers; `after` is a previous page's cursor. */
export const ListAnswersQuery = z.strictObject({
  status: z.enum(ANSWER_STATUSES).optional(),
  type: z.string().min(1).max(128).optional(),
  /** Only appealed answers. */
  appealed: z.boolean().optional(),
  after: z.uuid().optional(),
  limit: z.number().int().min(1).max(100).default(25),
});
export type ListAnswersQuery = z.input<typeof ListAnswersQuery>;
