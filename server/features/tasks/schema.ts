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
  description: '`verified`, `failed`, `cancelled` and `expired` are for good.',
});
export type TaskStatus = z.infer<typeof TaskStatus>;

const JsonObject = z.record(z.string(), z.unknown());

export const StageReport = z
  .object({
    stage: z
      .string()
      .describe('`schema`, `rules`, `anomaly`, `gold`, `consensus` or `qa`, in this order.'),
    verdict: z.string().describe('`pass`, `reject`, `need_vote`, `need_review` or `skipped`.'),
    reason: z.string().nullable().describe('A stable code, where there is something to say.'),
    score: z.number().nullable().describe('0 to 1; null where the stage gives none.'),
  })
  .meta({ id: 'StageReport', description: 'What one stage of verification said.' });

export const TaskPayout = z
  .object({
    id: z.string(),
    amount_sats: whole,
    rail: z.string().describe('The way the money takes, such as `lightning`.'),
    status: z.string().describe('`held`, `pending`, `sending`, `paid` or `failed`.'),
    paid_at: Timestamp.nullable(),
  })
  .meta({ id: 'TaskPayout', description: 'What a worker gets for an accepted answer.' });

export const TaskCorrection = z
  .object({
    decision: z
      .enum(['correct', 'reject'])
      .meta({ title: 'CorrectionDecision' })
      .describe('`reject`: what was delivered is wrong, and what is right is not known.'),
    output: z.unknown().describe('What the output should have been; null where it is not known.'),
    reason: z.string().nullable().describe('What the reviewer said of it.'),
    corrected_at: Timestamp,
  })
  .meta({ id: 'TaskCorrection', description: 'What an audit after delivery came to.' });

/** The fields of a task that change over its life; an event keeps them as they were then. */
export const TaskSnapshot = z.object({
  status: TaskStatus,
  output: z.unknown().describe('Null until it is verified.'),
  confidence: probability
    .nullable()
    .describe('How likely the output is right, 0 to 1; null before a judgement.'),
  confidence_basis: z
    .enum(['uncalibrated', 'provisional', 'calibrated'])
    .meta({ title: 'ConfidenceBasis' })
    .nullable()
    .describe(
      'How far the confidence can be trusted, by the tasks of the type whose true answer is known: fewer than 20, fewer than 100, or more. Of several fields, the one known least.',
    ),
  votes_used: whole.describe('Accepted answers so far.'),
  dissent: z.array(z.unknown()).describe('What the other accepted answers said, without who.'),
  correction: TaskCorrection.nullable().describe(
    'What a reviewer found after delivery that the output should have been; null where nobody did. The output stays as it was delivered.',
  ),
  verification: z.array(StageReport).describe('The six stages, once an answer was judged.'),
  payouts: z.array(TaskPayout).describe('One an accepted answer.'),
  cost_sats: z
    .object({
      held: whole.describe('What was set aside at create; what is not charged is given back.'),
      charged: whole.describe('What it has cost, the fee included.'),
      fee: whole.describe('The fee’s part of what was charged.'),
    })
    .meta({ title: 'TaskCost', description: 'In whole sats.' }),
  failure_reason: z
    .object({
      code: z.string().describe('Stable; for programs.'),
      message: z.string().describe('For people; may change.'),
    })
    .meta({ title: 'FailureReason' })
    .nullable()
    .describe('Why it ended without an answer; null where it did not.'),
  assigned_at: Timestamp.nullable().describe('When a worker took it last.'),
  submitted_at: Timestamp.nullable().describe('When an answer came last.'),
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
          'Outside tier critical, what a further answer must be expected to add to the confidence.',
        ),
      })
      .meta({ title: 'TaskRedundancy', description: 'How many answers are gathered.' }),
    instructions: z.string().describe('Markdown for the worker.'),
    metadata: JsonObject,
    callback_url: z.string().nullable(),
    idempotency_key: z.string().nullable(),
    created_at: Timestamp,
    expires_at: Timestamp.describe('When it ends at the latest.'),
  })
  .extend(TaskSnapshot.shape)
  .meta({ id: 'Task', description: 'A question to people, and what has become of it.' });
export type Task = z.infer<typeof Task>;

export const ListTasksQuery = z.strictObject({
  status: TaskStatus.optional(),
  type: TypeName.optional().describe('Tasks of this type only.'),
  limit: wholeNumber(1, 100).default(20).describe('Page size. Default: 20.'),
  after: z.string().max(512).optional().describe('The `next_cursor` of the previous page.'),
  created_after: Instant.optional().describe('ISO 8601 or Unix seconds; itself excluded.'),
  created_before: Instant.optional().describe('ISO 8601 or Unix seconds; itself excluded.'),
  metadata: z
    .record(z.string(), z.string())
    .optional()
    .describe('Tasks with all of these in their metadata, as `metadata[key]=value`.'),
});
export type ListTasksQuery = z.infer<typeof ListTasksQuery>;

/** What the dashboard's list is narrowed to; all of it must hold. */
export const TaskFilter = z.strictObject({
  status: z.array(TaskStatus).max(7).optional(),
  type: z.array(TypeName).max(50).optional(),
  created_after: z.coerce.date().optional(),
  created_before: z.coerce.date().optional(),
  metadata: z.record(z.string().min(1).max(64), z.string().max(1024)).optional(),
  /** Words of the payload or metadata, the idempotency key, or an id or a part of it. */
  search: z.string().max(200).optional(),
});
export type TaskFilter = z.infer<typeof TaskFilter>;

/** A page of the filtered list: the newest, or the tasks that are older or newer than one of them. */
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
    sequence: whole.describe('Counts the task’s events from 1.'),
    type: z.string().describe('Such as `task.assigned`.'),
    status: TaskStatus.describe('The task’s status after it.'),
    data: JsonObject.describe('Facts of this event.'),
    created_at: Timestamp,
  })
  .meta({ id: 'TaskTimelineEvent', description: 'One line of a task’s timeline.' });
export type TaskTimelineEvent = z.infer<typeof TaskTimelineEvent>;

/** What a tier would cost, and how sure its answers are expected to be. */
export const QuoteTier = z
  .object({
    risk_tier: RiskTier,
    min_votes: whole.describe('Answers gathered at least.'),
    max_votes: whole.describe('Answers gathered at most.'),
    target_confidence: probability.describe('No more are bought once the output is as sure.'),
    held_sats: whole.describe('Set aside at most, fee included.'),
    expected_votes: z.number().nullable().describe('Answers it is expected to take.'),
    expected_cost_sats: whole
      .nullable()
      .describe('What those cost, fee included; the rest of what is held comes back.'),
    expected_confidence: probability
      .nullable()
      .describe(
        'How sure outputs are expected to be: the share of them that is right, as far as the basis knows.',
      ),
    basis: z
      .enum(['history', 'evidence', 'prior', 'unknown'])
      .describe(
        'What the expectation rests on: `history`, at least 20 verified tasks of the type and tier; `evidence`, what golds and reviews showed of the type’s workers; `prior`, nothing but a careful assumption about strangers (three in four fields right, before calibration); `unknown`, nothing, and the expectations are null.',
      ),
  })
  .meta({ title: 'QuoteTier', description: 'What a tier would cost and promise.' });
export type QuoteTier = z.infer<typeof QuoteTier>;

/** What the work would come to an hour, and what the instance asks that it comes to. */
export const QuoteWage = z
  .object({
    payout_sats: whole.describe('What an accepted answer would be paid.'),
    sats_per_hour: whole
      .nullable()
      .describe('What that comes to in an hour of own time; null with fewer than 5 answers.'),
    own_seconds: z
      .number()
      .nullable()
      .describe('Half of the accepted answers took workers this much of their own time, or less.'),
    answers: whole.describe(
      'Accepted answers that it rests on: the latest of the type, at most 20 of each worker.',
    ),
    floor_sats_per_hour: whole
      .nullable()
      .describe(
        'What this instance asks for an hour; null where it asks for nothing, or knows too little of the type.',
      ),
    payout_sats_min: whole
      .nullable()
      .describe('The payout that comes to the floor; with less, a create is refused.'),
  })
  .meta({ title: 'QuoteWage', description: 'What the work would come to an hour.' });
export type QuoteWage = z.infer<typeof QuoteWage>;

export const Quote = z
  .object({
    object: z.literal('quote'),
    cost_sats: z
      .object({
        held: whole.describe('What a create would set aside: payouts and fee at most.'),
        payout_max: whole.describe('Every vote paid.'),
        fee_max: whole.describe('The fee on that.'),
      })
      .meta({ title: 'QuoteCost', description: 'In whole sats.' }),
    eligible_workers: whole.describe('Workers who could take it, online or not.'),
    online_workers: whole.describe('Those of them who are online now.'),
    expected_seconds: z
      .object({
        p50: z.number().nullable().describe('Half of such tasks were done by then.'),
        p90: z.number().nullable().describe('Nine in ten were done by then.'),
      })
      .meta({
        title: 'ExpectedSeconds',
        description:
          'Seconds, by the tasks of this type that were verified lately; null where none were.',
      }),
    wage: QuoteWage,
    risk_tier: RiskTier.describe('The tier it would be created with.'),
    tiers: z
      .array(QuoteTier)
      .describe(
        'The same task in each tier, with the votes that were asked for or the tier’s own.',
      ),
    warnings: z.array(z.string()).describe('What is odd about the schema, in sentences.'),
  })
  .meta({ id: 'Quote', description: 'What a task would cost, and how long it would take.' });
export type Quote = z.infer<typeof Quote>;

/** What a place of a schema is at fault for, or could be better for; the pointer is its JSON Pointer. */
export interface SchemaRemark {
  pointer: string;
  message: string;
}

/** What is said of a schema while it is written. */
export interface SchemaCheck {
  fault: SchemaRemark | null;
  warnings: SchemaRemark[];
  /** What the worker's form is made of; null where there is a fault. */
  normalised: Record<string, unknown> | null;
}

/** How a type fared over the last 30 days. */
export interface TypeFigures {
  type: string;
  tasks: number;
  verified: number;
  /** Those that came to an end other than being cancelled. */
  ended: number;
  p50Seconds: number | null;
  chargedSats: number;
  /** What answers came to an hour, in the middle; null where too few say so. */
  satsPerHour: number | null;
}
