import { z } from 'zod';
import { Redundancy, RiskTier, TypeName } from '@/server/features/task-types/schema';
import { Instant, wholeNumber } from '@/server/platform/query-fields';

/** The wire contract of tasks (snake_case JSON). Browser-safe. */

export { RiskTier, TypeName };

export const TaskStatus = z.enum([
  'posted',
  'assigned',
  'submitted',
  'verified',
  'failed',
  'cancelled',
  'expired',
]);
export type TaskStatus = z.infer<typeof TaskStatus>;

const JsonObject = z.record(z.string(), z.unknown());

export const IdempotencyKey = z.string().min(1).max(256);

const Metadata = z
  .record(
    z.string().min(1).max(64),
    z.union([z.string().max(1024), z.number(), z.boolean(), z.null()]),
  )
  .refine((value) => Object.keys(value).length <= 50, 'Give at most 50 keys.');

export const SandboxScript = z
  .strictObject({
    outcome: z.enum(['verified', 'failed', 'expired']).optional(),
    answer: z.unknown().optional(),
    delay_seconds: z.number().min(0).max(86_400).optional(),
    workers: z
      .array(z.strictObject({ accuracy: z.number().min(0).max(1) }))
      .min(1)
      .max(25)
      .optional(),
    seed: z.union([z.string().max(128), z.number().int()]).optional(),
  })
  .meta({ id: 'SandboxScript' });
export type SandboxScript = z.infer<typeof SandboxScript>;

const OnTimeout = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('expire') }),
  z.strictObject({ action: z.literal('default'), output: JsonObject }),
]);

export const CreateTask = z
  .strictObject({
    type: TypeName.describe('What kind of question this is. A saved type supplies defaults.'),
    payload: JsonObject.describe('Shown to the worker. At most 256 KB.'),
    output_schema: JsonObject.optional().describe(
      'JSON Schema (draft 07 or later) of the answer; the worker answers in a form made from it. At most 64 KB, 16 levels of schemas, and 20,000 schemas or 1 MB after every reference is followed; references stay inside it; a pattern has at most 4,000 characters. Answers have at most 1 MB and 256 levels.',
    ),
    payout_sats: z
      .number()
      .int()
      .min(1)
      .max(10_000_000)
      .optional()
      .describe('Sats paid for each accepted answer.'),
    sla_seconds: z.number().int().min(30).max(86_400).optional(),
    skills_required: z.array(z.string().min(1).max(64)).max(16).optional(),
    risk_tier: RiskTier.optional(),
    redundancy: Redundancy.optional(),
    instructions: z
      .string()
      .max(16_384)
      .optional()
      .describe('Markdown for the worker. At most 16 KB.'),
    callback_url: z
      .url({ protocol: /^https?$/ })
      .max(2048)
      .optional(),
    metadata: Metadata.optional().describe('Never shown to workers.'),
    agent_guess: z
      .strictObject({ output: z.unknown(), confidence: z.number().min(0).max(1) })
      .optional()
      .describe('Never shown to workers; feeds the calibration report.'),
    on_timeout: OnTimeout.optional(),
    idempotency_key: IdempotencyKey.optional(),
    sandbox: SandboxScript.optional().describe('Test keys only: scripts the simulated workers.'),
  })
  .meta({ id: 'CreateTask' });
export type CreateTask = z.infer<typeof CreateTask>;

export const StageReport = z
  .object({
    stage: z.string(),
    verdict: z.string(),
    reason: z.string().nullable(),
    score: z.number().nullable(),
  })
  .meta({ id: 'StageReport' });

export const TaskPayout = z
  .object({
    id: z.string(),
    amount_sats: z.number(),
    rail: z.string(),
    status: z.string(),
    paid_at: z.string().nullable(),
  })
  .meta({ id: 'TaskPayout' });

/** The fields of a task that change over its life; an event keeps them as they were then. */
export const TaskSnapshot = z.object({
  status: TaskStatus,
  output: z.unknown().describe('Null until it is verified.'),
  confidence: z.number().nullable(),
  votes_used: z.number(),
  dissent: z.array(z.unknown()),
  verification: z.array(StageReport),
  payouts: z.array(TaskPayout),
  cost_sats: z
    .object({
      held: z.number().describe('What was set aside at create; what is not charged is given back.'),
      charged: z.number().describe('What it has cost, the fee included.'),
      fee: z.number(),
    })
    .describe('In whole sats.'),
  failure_reason: z.object({ code: z.string(), message: z.string() }).nullable(),
  assigned_at: z.string().nullable(),
  submitted_at: z.string().nullable(),
  completed_at: z.string().nullable(),
  updated_at: z.string(),
});
export type TaskSnapshot = z.infer<typeof TaskSnapshot>;

export const Task = z
  .object({
    id: z.string(),
    object: z.literal('task'),
    mode: z.enum(['live', 'test']),
    type: z.string(),
    payload: JsonObject,
    output_schema: JsonObject,
    payout_sats: z.number(),
    sla_seconds: z.number(),
    skills_required: z.array(z.string()),
    risk_tier: RiskTier,
    redundancy: z.object({
      min_votes: z.number(),
      max_votes: z.number(),
      target_confidence: z.number(),
    }),
    instructions: z.string(),
    metadata: JsonObject,
    callback_url: z.string().nullable(),
    idempotency_key: z.string().nullable(),
    created_at: z.string(),
    expires_at: z.string(),
  })
  .extend(TaskSnapshot.shape)
  .meta({ id: 'Task' });
export type Task = z.infer<typeof Task>;

export const ListTasksQuery = z.strictObject({
  status: TaskStatus.optional(),
  type: TypeName.optional(),
  limit: wholeNumber(1, 100).default(20),
  after: z.string().max(512).optional(),
  created_after: Instant.optional().describe('ISO 8601 or Unix seconds; itself excluded.'),
  created_before: Instant.optional().describe('ISO 8601 or Unix seconds; itself excluded.'),
  metadata: z.record(z.string(), z.string()).optional(),
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
    sequence: z.number(),
    type: z.string(),
    status: TaskStatus,
    data: JsonObject,
    created_at: z.string(),
  })
  .meta({ id: 'TaskTimelineEvent' });
export type TaskTimelineEvent = z.infer<typeof TaskTimelineEvent>;

export const Quote = z
  .object({
    object: z.literal('quote'),
    cost_sats: z
      .object({ held: z.number(), payout_max: z.number(), fee_max: z.number() })
      .describe('What a create would hold: every vote paid, and the fee.'),
    eligible_workers: z.number().describe('Workers who could take it, online or not.'),
    online_workers: z.number(),
    expected_seconds: z.object({ p50: z.number().nullable(), p90: z.number().nullable() }),
    warnings: z.array(z.string()).describe('What is odd about the schema, in sentences.'),
  })
  .meta({ id: 'Quote' });
export type Quote = z.infer<typeof Quote>;

export const Receipt = z
  .object({
    object: z.literal('receipt'),
    task_id: z.string(),
    mode: z.enum(['live', 'test']),
    type: z.string(),
    status: TaskStatus,
    payload_sha256: z.string().describe('SHA-256 of the payload as canonical JSON (RFC 8785).'),
    output_schema_sha256: z.string(),
    output: z.unknown().describe('Null until it is verified.'),
    confidence: z.number().nullable(),
    votes_used: z.number(),
    verification: z.array(StageReport),
    cost_sats: TaskSnapshot.shape.cost_sats,
    created_at: z.string(),
    completed_at: z.string().nullable(),
    signature: z.object({
      algorithm: z.literal('ed25519'),
      public_key: z.string().describe('Base64 of the 32-byte key.'),
      value: z
        .string()
        .describe('Base64; signs the receipt without `signature`, as canonical JSON (RFC 8785).'),
    }),
  })
  .meta({ id: 'Receipt' });
export type Receipt = z.infer<typeof Receipt>;

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
}
