import { z } from 'zod';
import { RiskTier, TypeName } from '@/server/features/task-types/schema';
import { Mode, probability, Timestamp, whole } from '@/server/platform/answer-fields';
import { Instant, wholeNumber } from '@/server/platform/query-fields';
import { TASK_STATUSES } from './policy';

/** The wire contract of tasks (snake_case JSON). Browser-safe. */

export { CreateTask, METADATA_KEYS_MAX, SandboxScript } from './create-schema';
export { RiskTier, TypeName };

export const TaskStatus = z.enum(TASK_STATUSES).meta({
  title: 'TaskStatus',
  description: '`verified`, `failed`, `cancelled` and `expired` are final.',
});
export type TaskStatus = z.infer<typeof TaskStatus>;

const JsonObject = z.record(z.string(), z.unknown());

export const StageReport = z
  .object({
    stage: z
      .string()
      .describe('`schema`, `rules`, `anomaly`, `gold`, `consensus` or `qa`, in this order.'),
    verdict: z.string().describe('`pass`, `reject`, `need_vote`, `need_review` or `skipped`.'),
    reason: z.string().nullable().describe('A stable code, or null.'),
    score: z.number().nullable().describe('0 to 1; null if the stage has none.'),
  })
  .meta({ id: 'StageReport', description: 'The verdict of one verification stage.' });

export const TaskPayout = z
  .object({
    id: z.string(),
    amount_sats: whole,
    rail: z.string().describe('The payment rail, such as `lightning`.'),
    status: z.string().describe('`held`, `pending`, `sending`, `paid` or `failed`.'),
    paid_at: Timestamp.nullable(),
  })
  .meta({ id: 'TaskPayout', description: 'The payment for an accepted answer.' });

export const TaskCorrection = z
  .object({
    decision: z
      .enum(['correct', 'reject'])
      .meta({ title: 'CorrectionDecision' })
      .describe('`reject`: the delivered output is wrong, and the right one is unknown.'),
    output: z.unknown().describe('The right output; null if unknown.'),
    reason: z.string().nullable().describe('The reviewer’s note.'),
    corrected_at: Timestamp,
  })
  .meta({ id: 'TaskCorrection', description: 'The result of an audit after delivery.' });

/** The mutable fields of a task; an event keeps them as they were. */
export const TaskSnapshot = z.object({
  status: TaskStatus,
  output: z.unknown().describe('Null until it is verified.'),
  confidence: probability
    .nullable()
    .describe('The probability that the output is right, 0 to 1; null before a judgement.'),
  confidence_basis: z
    .enum(['uncalibrated', 'provisional', 'calibrated'])
    .meta({ title: 'ConfidenceBasis' })
    .nullable()
    .describe(
      'How reliable the confidence is, by the number of the type’s tasks with a known true answer: fewer than 20, fewer than 100, or more. For several fields, the least known one.',
    ),
  votes_used: whole.describe('Accepted answers so far.'),
  dissent: z.array(z.unknown()).describe('The other accepted answers, anonymously.'),
  correction: TaskCorrection.nullable().describe(
    'A reviewer’s correction after delivery, or null. The output itself is not changed.',
  ),
  verification: z
    .array(StageReport)
    .describe('The six stages’ verdicts, once an answer was judged.'),
  payouts: z.array(TaskPayout).describe('One per accepted answer.'),
  cost_sats: z
    .object({
      held: whole.describe('Sats held at creation; the rest is released.'),
      charged: whole.describe('The task’s cost, including the fee.'),
      fee: whole.describe('The fee within the charged sats.'),
    })
    .meta({ title: 'TaskCost', description: 'In whole sats.' }),
  failure_reason: z
    .object({
      code: z.string().describe('Stable; for programs.'),
      message: z.string().describe('For people; may change.'),
    })
    .meta({ title: 'FailureReason' })
    .nullable()
    .describe('Why it ended without an answer, or null.'),
  assigned_at: Timestamp.nullable().describe('When a worker last took it.'),
  submitted_at: Timestamp.nullable().describe('When an answer was last submitted.'),
  completed_at: Timestamp.nullable().describe('When it ended.'),
  updated_at: Timestamp,
});
export type TaskSnapshot = z.infer<typeof TaskSnapshot>;

export const Task = z
  .object({
    id: z.string().describe('A UUID v7: sorts by creation time.'),
    object: z.literal('task'),
    mode: Mode,
    type: z.string(),
    payload: JsonObject.describe('As it was sent.'),
    output_schema: JsonObject.describe('JSON Schema of the output.'),
    payout_sats: whole.describe('Sats paid for each accepted answer.'),
    sla_seconds: whole.describe('Seconds from creation until it expires.'),
    skills_required: z.array(z.string()),
    risk_tier: RiskTier,
    redundancy: z
      .object({
        min_votes: whole.describe('Answers collected before the first judgement.'),
        max_votes: whole.describe('Maximum number of answers; this amount is held.'),
        target_confidence: probability.describe(
          'Stop collecting answers once the output is this likely to be right.',
        ),
        vote_value: probability.describe(
          'Outside tier critical, the minimum expected gain in confidence of another answer.',
        ),
      })
      .meta({ title: 'TaskRedundancy', description: 'How many answers are collected.' }),
    instructions: z.string().describe('Markdown for the worker.'),
    metadata: JsonObject,
    callback_url: z.string().nullable(),
    idempotency_key: z.string().nullable(),
    created_at: Timestamp,
    expires_at: Timestamp.describe('When the task expires.'),
  })
  .extend(TaskSnapshot.shape)
  .meta({ id: 'Task', description: 'A question to people, and its result.' });
export type Task = z.infer<typeof Task>;

export const ListTasksQuery = z.strictObject({
  status: TaskStatus.optional(),
  type: TypeName.optional().describe('Tasks of this type only.'),
  limit: wholeNumber(1, 100).default(20).describe('Page size. Default: 20.'),
  after: z.string().max(512).optional().describe('The `next_cursor` of the previous page.'),
  created_after: Instant.optional().describe('ISO 8601 or Unix seconds; exclusive.'),
  created_before: Instant.optional().describe('ISO 8601 or Unix seconds; exclusive.'),
  metadata: z
    .record(z.string(), z.string())
    .optional()
    .describe('Tasks with all of these in their metadata, as `metadata[key]=value`.'),
});
export type ListTasksQuery = z.infer<typeof ListTasksQuery>;

/** Filters of the dashboard's list; all must match. */
export const TaskFilter = z.strictObject({
  status: z.array(TaskStatus).max(7).optional(),
  type: z.array(TypeName).max(50).optional(),
  created_after: z.coerce.date().optional(),
  created_before: z.coerce.date().optional(),
  metadata: z.record(z.string().min(1).max(64), z.string().max(1024)).optional(),
  /** Words of the payload or metadata, the idempotency key, or all or part of an ID. */
  search: z.string().max(200).optional(),
});
export type TaskFilter = z.infer<typeof TaskFilter>;

/** A page of the filtered list: the newest, or those older or newer than a task. */
export const FindTasks = z.strictObject({
  filter: TaskFilter.default({}),
  older_than: z.uuid().optional(),
  newer_than: z.uuid().optional(),
  limit: z.number().int().min(1).max(100).default(25),
});
export type FindTasks = z.input<typeof FindTasks>;

export const TaskIds = z.strictObject({ ids: z.array(z.uuid()).min(1).max(100) });

export const TaskTimelineEvent = z
  .object({
    id: z.string(),
    object: z.literal('task_event'),
    task_id: z.string(),
    sequence: whole.describe('The event’s number within the task, from 1.'),
    type: z.string().describe('Such as `task.assigned`.'),
    status: TaskStatus.describe('The task’s status after it.'),
    data: JsonObject.describe('Facts of this event.'),
    created_at: Timestamp,
  })
  .meta({ id: 'TaskTimelineEvent', description: 'One line of a task’s timeline.' });
export type TaskTimelineEvent = z.infer<typeof TaskTimelineEvent>;

/** A tier's cost and expected confidence. */
export const QuoteTier = z
  .object({
    risk_tier: RiskTier,
    min_votes: whole.describe('Minimum number of answers.'),
    max_votes: whole.describe('Maximum number of answers.'),
    target_confidence: probability.describe('Stop collecting answers at this confidence.'),
    held_sats: whole.describe('Maximum hold, including the fee.'),
    expected_votes: z.number().nullable().describe('Expected number of answers.'),
    expected_cost_sats: whole
      .nullable()
      .describe('Their cost including the fee; the rest of the hold is released.'),
    expected_confidence: probability
      .nullable()
      .describe('The expected confidence: the share of right outputs, according to the basis.'),
    basis: z
      .enum(['history', 'evidence', 'prior', 'unknown'])
      .describe(
        'The basis of the expectation: `history`, at least 20 verified tasks of the type and tier; `evidence`, golds and reviews of the type’s workers; `prior`, a conservative assumption about unknown workers (three in four fields right, before calibration); `unknown`, nothing, and the expectations are null.',
      ),
  })
  .meta({ title: 'QuoteTier', description: 'A tier’s cost and expected result.' });
export type QuoteTier = z.infer<typeof QuoteTier>;

/** The task's hourly wage, and the instance's wage floor. */
export const QuoteWage = z
  .object({
    payout_sats: whole.describe('The payout per accepted answer.'),
    sats_per_hour: whole
      .nullable()
      .describe('The payout per hour of own time; null with fewer than 5 answers.'),
    own_seconds: z.number().nullable().describe('Median own time of accepted answers.'),
    answers: whole.describe(
      'The number of accepted answers it is based on: the type’s latest, at most 20 per worker.',
    ),
    floor_sats_per_hour: whole
      .nullable()
      .describe(
        'This instance’s minimum per hour; null if it has none, or there are too few answers of the type.',
      ),
    payout_sats_min: whole
      .nullable()
      .describe('The minimum payout; a create below it is rejected.'),
  })
  .meta({ title: 'QuoteWage', description: 'The work’s hourly wage.' });
export type QuoteWage = z.infer<typeof QuoteWage>;

export const Quote = z
  .object({
    object: z.literal('quote'),
    cost_sats: z
      .object({
        held: whole.describe('The maximum hold: payouts and fee.'),
        payout_max: whole.describe('Every vote paid.'),
        fee_max: whole.describe('The fee within it.'),
      })
      .meta({ title: 'QuoteCost', description: 'In whole sats.' }),
    eligible_workers: whole.describe('Workers who could take it, online or not.'),
    online_workers: whole.describe('Those of them who are online now.'),
    expected_seconds: z
      .object({
        p50: z.number().nullable().describe('Median duration.'),
        p90: z.number().nullable().describe('90th percentile.'),
      })
      .meta({
        title: 'ExpectedSeconds',
        description: 'Seconds, from recently verified tasks of this type; null if there are none.',
      }),
    wage: QuoteWage,
    risk_tier: RiskTier.describe('The tier it would be created with.'),
    tiers: z
      .array(QuoteTier)
      .describe('The same task in each tier, with the requested votes or the tier’s own.'),
    warnings: z.array(z.string()).describe('Warnings about the schema.'),
  })
  .meta({ id: 'Quote', description: 'The estimated cost and duration of a task.' });
export type Quote = z.infer<typeof Quote>;

/** A fault or suggestion at a place in a schema, identified by JSON Pointer. */
export interface SchemaRemark {
  pointer: string;
  message: string;
}

/** The result of checking a schema while it is edited. */
export interface SchemaCheck {
  fault: SchemaRemark | null;
  warnings: SchemaRemark[];
  /** The schema of the worker's form; null if there is a fault. */
  normalised: Record<string, unknown> | null;
}

/** A type's figures for the last 30 days. */
export interface TypeFigures {
  type: string;
  tasks: number;
  verified: number;
  /** Tasks that ended without being cancelled. */
  ended: number;
  p50Seconds: number | null;
  chargedSats: number;
  /** Median hourly earnings; null with too few answers. */
  satsPerHour: number | null;
}
