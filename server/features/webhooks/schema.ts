import { z } from 'zod';
import { Balance } from '@/server/features/ledger/schema';
import { Task } from '@/server/features/tasks/schema';
import { Mode, Timestamp, whole } from '@/server/platform/answer-fields';
import { isCommonYear, wholeNumber } from '@/server/platform/query-fields';
import { EVENT_TYPES, LOW_BALANCE_EVENT } from './policy';

export { LOW_BALANCE_EVENT, TASK_EVENT_TYPES } from './policy';

/** The wire contract of webhooks (snake_case JSON). Browser-safe. */

const EventType = z
  .enum(EVENT_TYPES)
  .meta({ title: 'WebhookEventType', description: 'What happened.' });

const EventFilter = z
  .array(EventType)
  .max(EVENT_TYPES.length)
  .describe('Event types to send; empty or omitted means all.');

const EndpointUrl = z
  .string()
  .min(1)
  .max(2_048)
  .describe('The URL that events are posted to; https in live mode.');
const Description = z.string().max(500);
const EndpointStatus = z
  .enum(['enabled', 'disabled'])
  .meta({ title: 'WebhookEndpointStatus', description: 'A disabled endpoint receives nothing.' });
const DeliveryStatus = z
  .enum(['pending', 'delivered', 'failed'])
  .meta({ title: 'DeliveryStatus', description: '`failed` is final: all attempts failed.' });

export const CreateEndpoint = z
  .strictObject({
    url: EndpointUrl,
    events: EventFilter.optional(),
    description: Description.optional(),
  })
  .meta({ id: 'CreateEndpoint', description: 'An endpoint to create.' });
export type CreateEndpoint = z.infer<typeof CreateEndpoint>;

export const UpdateEndpoint = z
  .strictObject({
    url: EndpointUrl.optional(),
    events: EventFilter.optional(),
    description: Description.optional(),
    status: EndpointStatus.optional().describe('Enabling it resets its failures.'),
  })
  .meta({ id: 'UpdateEndpoint', description: 'Changes the given fields only.' });
export type UpdateEndpoint = z.infer<typeof UpdateEndpoint>;

export const Endpoint = z
  .object({
    id: z.uuid(),
    object: z.literal('webhook_endpoint'),
    mode: Mode,
    url: z.string(),
    description: z.string(),
    events: z.array(EventType).describe('Subscribed event types; empty means all.'),
    status: EndpointStatus,
    disabled_reason: z.string().nullable().describe('The reason; null while enabled.'),
    failing_since: Timestamp.nullable().describe(
      'Since when all deliveries have failed; null after a success.',
    ),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: 'Endpoint', description: 'An endpoint that events are posted to.' });
export type Endpoint = z.infer<typeof Endpoint>;

export const EndpointWithSecret = Endpoint.extend({
  secret: z
    .string()
    .describe('Signs every event. Only shown here; store it. Starts with `whsec_`.'),
}).meta({
  id: 'EndpointWithSecret',
  description: 'An endpoint with its secret, which is only shown once.',
});
export type EndpointWithSecret = z.infer<typeof EndpointWithSecret>;

export const RotatedEndpoint = EndpointWithSecret.extend({
  previous_secret_expires_at: Timestamp.describe(
    'Until then `webhook-signature` also has a signature of the previous secret.',
  ),
}).meta({
  id: 'RotatedEndpoint',
  description: 'An endpoint with its new secret, which is only shown once.',
});
export type RotatedEndpoint = z.infer<typeof RotatedEndpoint>;

export const CallbackSecret = z
  .object({
    object: z.literal('callback_secret'),
    secret: z
      .string()
      .describe('Signs events sent to a task’s own `callback_url`. Starts with `whsec_`.'),
    previous_secret_expires_at: Timestamp.nullable().describe(
      'After a rotation, until when `webhook-signature` also has a signature of the previous secret; else null.',
    ),
  })
  .meta({
    id: 'CallbackSecret',
    description: 'The secret that signs events sent to tasks’ own `callback_url`.',
  });
export type CallbackSecret = z.infer<typeof CallbackSecret>;

export const DeletedEndpoint = z
  .object({
    id: z.uuid(),
    object: z.literal('webhook_endpoint'),
    deleted: z.literal(true),
  })
  .meta({ id: 'DeletedEndpoint' });

/** One delivery attempt. */
const DeliveryAttempt = z
  .object({
    number: whole.describe('The attempt’s number, from 1.'),
    status_code: whole
      .nullable()
      .describe('The HTTP status of the response; null without one, and `error` explains why.'),
    error: z.string().nullable().describe('Why it counts as a failure, or null.'),
    duration_ms: whole.describe('Milliseconds until the response or the failure.'),
    response_body: z.string().describe('The first 2 KB of the response.'),
    created_at: Timestamp,
  })
  .meta({ id: 'DeliveryAttempt', description: 'One attempt to deliver an event.' });

export const Delivery = z
  .object({
    id: z.uuid(),
    object: z.literal('delivery'),
    mode: Mode,
    endpoint_id: z.uuid().nullable().describe('Null for the task’s own `callback_url`.'),
    event_id: z.string(),
    event_type: z.string(),
    task_id: z.uuid().nullable().describe('Null if the event is not about a task.'),
    url: z.string(),
    status: DeliveryStatus,
    attempt_count: whole.describe('Tries so far.'),
    next_attempt_at: Timestamp.nullable().describe('Null if no attempt follows.'),
    delivered_at: Timestamp.nullable(),
    created_at: Timestamp,
    attempts: z.array(DeliveryAttempt).describe('The latest attempts, newest first, at most ten.'),
  })
  .meta({ id: 'Delivery', description: 'The delivery of an event to a URL.' });
export type Delivery = z.infer<typeof Delivery>;

const limit = wholeNumber(1, 100).default(20).describe('Page size. Default: 20.');
const after = z.string().max(256).optional().describe('The `next_cursor` of the previous page.');

export const ListEndpointsQuery = z.strictObject({ limit, after });
export type ListEndpointsQuery = z.infer<typeof ListEndpointsQuery>;

export const ListDeliveriesQuery = z.strictObject({
  limit,
  after,
  status: DeliveryStatus.optional(),
});
export type ListDeliveriesQuery = z.infer<typeof ListDeliveriesQuery>;

export const ReplaySince = z
  .strictObject({
    since: z.iso
      .datetime({ offset: true })
      .refine((text) => isCommonYear(new Date(text)), 'must be between the years 1970 and 9999')
      .describe(
        'Replays every delivery that failed permanently and was created at or after this time.',
      ),
  })
  .meta({ id: 'ReplayFailed', description: 'Which deliveries to replay.' });
export type ReplaySince = z.infer<typeof ReplaySince>;

export const ReplayedDeliveries = z
  .object({
    object: z.literal('replay'),
    replayed: whole.describe('Number of replayed deliveries.'),
  })
  .meta({ id: 'ReplayedDeliveries', description: 'The number of replayed deliveries.' });
export type ReplayedDeliveries = z.infer<typeof ReplayedDeliveries>;

/** An event as posted to endpoints. */
export const Event = z
  .object({
    id: z.string().describe('Starts with `evt_`; the same for every delivery of the event.'),
    object: z.literal('event'),
    type: z.string().describe('Such as `task.verified`.'),
    mode: Mode,
    created_at: Timestamp,
    data: Task.describe('The task as of the event.'),
  })
  .meta({ id: 'Event', description: 'An event posted to an endpoint.' });

const LowBalance = Balance.extend({
  threshold_sats: whole.describe('The alert threshold.'),
}).meta({
  id: 'LowBalance',
  description: 'A balance below the organization’s alert threshold.',
});

/** The event posted when a balance has fallen below its alert threshold. */
export const LowBalanceEvent = Event.extend({
  type: z.literal(LOW_BALANCE_EVENT),
  data: LowBalance.describe('The balance as of the event.'),
}).meta({ id: 'LowBalanceEvent', description: 'The event posted when the balance is low.' });
export type LowBalanceEvent = z.infer<typeof LowBalanceEvent>;

/** An endpoint's response to a test event. */
export const TestResult = z
  .object({
    object: z.literal('webhook_test'),
    event_id: z.string(),
    delivery_id: z.uuid(),
    delivered: z.boolean().describe('True if the endpoint responded with a 2xx in time.'),
    status_code: DeliveryAttempt.shape.status_code,
    error: DeliveryAttempt.shape.error,
    duration_ms: DeliveryAttempt.shape.duration_ms,
    response_body: DeliveryAttempt.shape.response_body,
  })
  .meta({ id: 'TestResult', description: 'An endpoint’s response to a test event.' });
export type TestResult = z.infer<typeof TestResult>;

/** A delivery's body, byte for byte. */
export interface DeliveryRequest {
  url: string;
  body: string;
}

/** An event contains a whole task, whose payload alone may have 256 KB. */
export const INBOX_BODY_BYTES_MAX = 1_048_576;
/** Older ones are deleted. */
export const INBOX_EVENTS_KEPT = 200;

/** The inspector's endpoint; with the secret only if it was just created. */
export interface OpenedInspector {
  endpoint: Endpoint;
  secret: string | null;
}

export const ListReceivedQuery = z.strictObject({
  limit: z.number().int().min(1).max(50).default(20),
  after: z.uuid().optional(),
});
export type ListReceivedQuery = z.infer<typeof ListReceivedQuery>;

/** A request received by the inbox. */
export interface ReceivedEvent {
  id: string;
  headers: Record<string, string>;
  body: string;
  event_type: string | null;
  /** Whether an endpoint of the organization signed it; null without a signature. */
  genuine: boolean | null;
  created_at: string;
}

export interface ReceivedEvents {
  data: ReceivedEvent[];
  has_more: boolean;
  next_cursor: string | null;
  /** The inbox's address; null before it is opened. */
  url: string | null;
}

export const HealthQuery = z.strictObject({
  endpointId: z.string(),
  range: z.enum(['day', 'week', 'month']).default('day'),
});
export type HealthQuery = z.input<typeof HealthQuery>;

/** An endpoint's health for the dashboard. */
export interface EndpointHealth {
  unit: 'hour' | 'day';
  delivered: number;
  failed: number;
  p50Ms: number | null;
  p95Ms: number | null;
  buckets: { at: string; delivered: number; failed: number }[];
}
