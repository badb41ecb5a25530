import { z } from 'zod';
import { METADATA_KEYS_MAX, RiskTier, TaskStatus, TypeName } from '@/server/features/tasks/schema';
import { Timestamp, whole } from '@/server/platform/answer-fields';
import { Instant, wholeNumber } from '@/server/platform/query-fields';

/** The wire contract of v0, the older dialect (camelCase JSON; queries are snake_case). Browser-safe. */

const JsonObject = z.record(z.string(), z.unknown());

const METADATA_CHARS_MAX = 65_536;

const Currency = z.enum(['USD', 'SATS', 'BTC']);

export const V0Payout = z.strictObject({
  currency: Currency,
  /** For the whole task, including the fee. */
  maxAmount: z.number().min(0),
});

export const CreateV0Task = z.strictObject({
  idempotencyKey: z.string().min(1).max(256),
  taskType: TypeName,
  riskTier: RiskTier.optional(),
  slaSeconds: z.number().int().min(30).max(86_400).optional(),
  payload: JsonObject,
  outputSchema: JsonObject,
  payout: V0Payout,
  callbackUrl: z
    .url({ protocol: /^https?$/ })
    .max(2_048)
    .optional(),
  metadata: JsonObject.refine(
    (value) => Object.keys(value).length <= METADATA_KEYS_MAX,
    `Give at most ${METADATA_KEYS_MAX} keys.`,
  )
    .refine(
      (value) => JSON.stringify(value).length <= METADATA_CHARS_MAX,
      `Give at most ${METADATA_CHARS_MAX} characters of JSON.`,
    )
    .optional(),
});
export type CreateV0Task = z.infer<typeof CreateV0Task>;

/** Fields are never null: unknown ones are omitted. */
export const V0Task = z.strictObject({
  id: z.string(),
  idempotencyKey: z.string(),
  status: TaskStatus,
  taskType: z.string(),
  riskTier: RiskTier,
  slaSeconds: whole,
  payload: JsonObject,
  outputSchema: JsonObject,
  payout: V0Payout,
  callbackUrl: z.string().optional(),
  metadata: JsonObject.optional(),
  /** Once verified. */
  output: JsonObject.optional(),
  /** Once every worker is paid. */
  payoutResult: z
    .strictObject({
      id: z.string(),
      amount: z.number(),
      currency: Currency,
      rail: z.enum(['lightning', 'strike', 'internal']),
      paidAt: Timestamp,
    })
    .optional(),
  failureReason: z.string().optional(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  expiresAt: Timestamp,
});
export type V0Task = z.infer<typeof V0Task>;

export const ListV0TasksQuery = z.strictObject({
  status: TaskStatus.optional(),
  task_type: TypeName.optional(),
  limit: wholeNumber(1, 100).default(20),
  after: z.string().max(512).optional(),
  created_after: Instant.optional(),
  created_before: Instant.optional(),
});
export type ListV0TasksQuery = z.infer<typeof ListV0TasksQuery>;

export const V0TaskList = z.strictObject({
  data: z.array(V0Task),
  hasMore: z.boolean(),
  nextCursor: z.string().optional(),
});

export const V0Cancelled = z.strictObject({
  id: z.string(),
  status: TaskStatus,
  cancelledAt: Timestamp,
});

/** Events that v0 callbacks receive; v0's clients reject any other type. */
export const V0EventType = z.enum([
  'task.posted',
  'task.assigned',
  'task.submitted',
  'task.verified',
  'task.failed',
  'task.cancelled',
  'task.expired',
]);
export type V0EventType = z.infer<typeof V0EventType>;

export const V0Event = z.strictObject({
  id: z.string(),
  type: V0EventType,
  createdAt: Timestamp,
  data: V0Task,
});
export type V0Event = z.infer<typeof V0Event>;

export const V0UsagePeriod = z.enum(['day', 'week', 'month']);

export const V0Usage = z.strictObject({
  period: V0UsagePeriod,
  startDate: z.string(),
  endDate: z.string(),
  tasks: z.strictObject({
    total: whole,
    verified: whole,
    failed: whole,
    cancelled: whole,
    expired: whole,
    /** Omitted if no task was verified. */
    averageCompletionSeconds: z.number().optional(),
  }),
  payouts: z.strictObject({ totalUsd: z.number(), totalSats: whole, count: whole }),
});

export const TestV0Callback = z.strictObject({
  eventType: V0EventType,
  callbackUrl: z
    .url({ protocol: /^https?$/ })
    .max(2_048)
    .optional(),
});

export const V0CallbackTest = z.strictObject({
  eventId: z.string(),
  /** Omitted if it was not delivered; `error` then explains why. */
  deliveredAt: Timestamp.optional(),
  /** Omitted if there was no response. */
  statusCode: whole.optional(),
  error: z.string().optional(),
});
