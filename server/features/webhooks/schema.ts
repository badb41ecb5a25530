import { z } from 'zod';
import { Task } from '@/server/features/tasks/schema';
import { isCommonYear, wholeNumber } from '@/server/platform/query-fields';

/** The wire contract of webhooks (snake_case JSON). Browser-safe. */

/** What an endpoint can be told of; `webhook.test` goes to whoever asks for a test. */
export const TASK_EVENT_TYPES = [
  'task.created',
  'task.assigned',
  'task.submitted',
  'task.verified',
  'task.completed',
  'task.failed',
  'task.cancelled',
  'task.expired',
] as const;

const EventFilter = z
  .array(z.enum(TASK_EVENT_TYPES))
  .max(TASK_EVENT_TYPES.length)
  .describe('Event types to send; empty or left out means all of them.');

const EndpointUrl = z
  .string()
  .min(1)
  .max(2_048)
  .describe('Where events are posted to; https in live mode.');
const Description = z.string().max(500);

export const CreateEndpoint = z
  .strictObject({
    url: EndpointUrl,
    events: EventFilter.optional(),
    description: Description.optional(),
  })
  .meta({ id: 'CreateEndpoint' });
export type CreateEndpoint = z.infer<typeof CreateEndpoint>;

export const UpdateEndpoint = z
  .strictObject({
    url: EndpointUrl.optional(),
    events: EventFilter.optional(),
    description: Description.optional(),
    status: z
      .enum(['enabled', 'disabled'])
      .optional()
      .describe('Enabling it again forgets its failures.'),
  })
  .meta({ id: 'UpdateEndpoint' });
export type UpdateEndpoint = z.infer<typeof UpdateEndpoint>;

export const Endpoint = z
  .object({
    id: z.uuid(),
    object: z.literal('webhook_endpoint'),
    mode: z.enum(['live', 'test']),
    url: z.string(),
    description: z.string(),
    events: z.array(z.enum(TASK_EVENT_TYPES)),
    status: z.enum(['enabled', 'disabled']),
    disabled_reason: z.string().nullable(),
    failing_since: z.string().nullable(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'Endpoint' });
export type Endpoint = z.infer<typeof Endpoint>;

export const EndpointWithSecret = Endpoint.extend({
  secret: z.string().describe('Signs every event. Shown here only; keep it. Starts with `whsec_`.'),
}).meta({ id: 'EndpointWithSecret' });
export type EndpointWithSecret = z.infer<typeof EndpointWithSecret>;

export const RotatedEndpoint = EndpointWithSecret.extend({
  previous_secret_expires_at: z
    .string()
    .describe('Until then `webhook-signature` carries a signature by the former secret as well.'),
}).meta({ id: 'RotatedEndpoint' });
export type RotatedEndpoint = z.infer<typeof RotatedEndpoint>;

export const CallbackSecret = z
  .object({
    object: z.literal('callback_secret'),
    secret: z
      .string()
      .describe('Signs events sent to a task’s own `callback_url`. Starts with `whsec_`.'),
    previous_secret_expires_at: z
      .string()
      .nullable()
      .describe(
        'After a rotation, until when `webhook-signature` is by the former secret as well; else null.',
      ),
  })
  .meta({ id: 'CallbackSecret' });
export type CallbackSecret = z.infer<typeof CallbackSecret>;

export const DeletedEndpoint = z
  .object({
    id: z.uuid(),
    object: z.literal('webhook_endpoint'),
    deleted: z.literal(true),
  })
  .meta({ id: 'DeletedEndpoint' });

/** One try at delivering. */
const DeliveryAttempt = z
  .object({
    number: z.number().int(),
    /** The HTTP status the endpoint answered; null where no answer came, and `error` says why. */
    status_code: z.number().int().nullable(),
    error: z.string().nullable(),
    duration_ms: z.number().int(),
    /** The first 2 KB of the answer. */
    response_body: z.string(),
    created_at: z.string(),
  })
  .meta({ id: 'DeliveryAttempt' });

export const Delivery = z
  .object({
    id: z.uuid(),
    object: z.literal('delivery'),
    mode: z.enum(['live', 'test']),
    /** Null where it goes to the task's own `callback_url`. */
    endpoint_id: z.uuid().nullable(),
    event_id: z.string(),
    event_type: z.string(),
    task_id: z.uuid().nullable(),
    url: z.string(),
    status: z.enum(['pending', 'delivered', 'failed']),
    attempt_count: z.number().int(),
    next_attempt_at: z.string().nullable(),
    delivered_at: z.string().nullable(),
    created_at: z.string(),
    /** The latest tries, newest first, at most ten. */
    attempts: z.array(DeliveryAttempt),
  })
  .meta({ id: 'Delivery' });
export type Delivery = z.infer<typeof Delivery>;

const limit = wholeNumber(1, 100).default(20);
const after = z.string().max(256).optional().describe('The `next_cursor` of the page before.');

export const ListEndpointsQuery = z.strictObject({ limit, after });
export type ListEndpointsQuery = z.infer<typeof ListEndpointsQuery>;

export const ListDeliveriesQuery = z.strictObject({
  limit,
  after,
  status: z.enum(['pending', 'delivered', 'failed']).optional(),
});
export type ListDeliveriesQuery = z.infer<typeof ListDeliveriesQuery>;

export const ReplaySince = z
  .strictObject({
    since: z.iso
      .datetime({ offset: true })
      .refine((text) => isCommonYear(new Date(text)), 'must be between the years 1970 and 9999')
      .describe(
        'Replays every delivery that failed for good and was created at or after this time.',
      ),
  })
  .meta({ id: 'ReplayFailed' });
export type ReplaySince = z.infer<typeof ReplaySince>;

export const ReplayedDeliveries = z
  .object({
    object: z.literal('replay'),
    replayed: z.number().int(),
  })
  .meta({ id: 'ReplayedDeliveries' });
export type ReplayedDeliveries = z.infer<typeof ReplayedDeliveries>;

/** What is posted to endpoints. */
export const Event = z
  .object({
    id: z.string().describe('Starts with `evt_`; the same for every delivery of the event.'),
    object: z.literal('event'),
    type: z.string().describe('Such as `task.verified`.'),
    mode: z.enum(['live', 'test']),
    created_at: z.string(),
    data: Task.describe('The task as it was then.'),
  })
  .meta({ id: 'Event' });

/** What an endpoint answered to a test event. */
export const TestResult = z
  .object({
    object: z.literal('webhook_test'),
    event_id: z.string(),
    delivery_id: z.uuid(),
    /** True where the endpoint answered with a 2xx in time. */
    delivered: z.boolean(),
    status_code: z.number().int().nullable(),
    error: z.string().nullable(),
    duration_ms: z.number().int(),
    response_body: z.string(),
  })
  .meta({ id: 'TestResult' });
export type TestResult = z.infer<typeof TestResult>;

/** What a delivery sends, byte for byte. */
export interface DeliveryRequest {
  url: string;
  body: string;
}

/** An event holds a whole task, whose payload alone may have 256 KB. */
export const INBOX_BODY_BYTES_MAX = 1_048_576;
/** Older ones make room. */
export const INBOX_EVENTS_KEPT = 200;

/** The inspector's endpoint; the secret only where it was made just now. */
export interface OpenedInspector {
  endpoint: Endpoint;
  secret: string | null;
}

export const ListReceivedQuery = z.strictObject({
  limit: z.number().int().min(1).max(50).default(20),
  after: z.uuid().optional(),
});
export type ListReceivedQuery = z.infer<typeof ListReceivedQuery>;

/** Something that was posted to the inbox. */
export interface ReceivedEvent {
  id: string;
  headers: Record<string, string>;
  body: string;
  event_type: string | null;
  /** True where an endpoint of the organization has signed it; null where nobody has. */
  genuine: boolean | null;
  created_at: string;
}

export interface ReceivedEvents {
  data: ReceivedEvent[];
  has_more: boolean;
  next_cursor: string | null;
  /** Where the inbox takes events; null before it is opened. */
  url: string | null;
}

export const HealthQuery = z.strictObject({
  endpointId: z.string(),
  range: z.enum(['day', 'week', 'month']).default('day'),
});
export type HealthQuery = z.input<typeof HealthQuery>;

/** How an endpoint has answered, as the dashboard draws it. */
export interface EndpointHealth {
  unit: 'hour' | 'day';
  delivered: number;
  failed: number;
  p50Ms: number | null;
  p95Ms: number | null;
  buckets: { at: string; delivered: number; failed: number }[];
}
