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
  .describe('Event types to send; empty or left out means all of them.');

const EndpointUrl = z
  .string()
  .min(1)
  .max(2_048)
  .describe('Where events are posted to; https in live mode.');
const Description = z.string().max(500);
const EndpointStatus = z
  .enum(['enabled', 'disabled'])
  .meta({ title: 'WebhookEndpointStatus', description: 'A disabled endpoint gets nothing.' });
const DeliveryStatus = z
  .enum(['pending', 'delivered', 'failed'])
  .meta({ title: 'DeliveryStatus', description: '`failed` is for good: every try was in vain.' });

export const CreateEndpoint = z
  .strictObject({
    url: EndpointUrl,
    events: EventFilter.optional(),
    description: Description.optional(),
  })
  .meta({ id: 'CreateEndpoint', description: 'Where events are posted to.' });
export type CreateEndpoint = z.infer<typeof CreateEndpoint>;

export const UpdateEndpoint = z
  .strictObject({
    url: EndpointUrl.optional(),
    events: EventFilter.optional(),
    description: Description.optional(),
    status: EndpointStatus.optional().describe('Enabling it again forgets its failures.'),
  })
  .meta({ id: 'UpdateEndpoint', description: 'What is given is changed, the rest stays.' });
export type UpdateEndpoint = z.infer<typeof UpdateEndpoint>;

export const Endpoint = z
  .object({
    id: z.uuid(),
    object: z.literal('webhook_endpoint'),
    mode: Mode,
    url: z.string(),
    description: z.string(),
    events: z.array(EventType).describe('Event types it gets; empty means all of them.'),
    status: EndpointStatus,
    disabled_reason: z.string().nullable().describe('A sentence; null while it is enabled.'),
    failing_since: Timestamp.nullable().describe(
      'Since when it has only failed; null after a success.',
    ),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: 'Endpoint', description: 'Where events are posted to.' });
export type Endpoint = z.infer<typeof Endpoint>;

export const EndpointWithSecret = Endpoint.extend({
  secret: z.string().describe('Signs every event. Shown here only; keep it. Starts with `whsec_`.'),
}).meta({
  id: 'EndpointWithSecret',
  description: 'An endpoint with its secret, which is shown this once.',
});
export type EndpointWithSecret = z.infer<typeof EndpointWithSecret>;

export const RotatedEndpoint = EndpointWithSecret.extend({
  previous_secret_expires_at: Timestamp.describe(
    'Until then `webhook-signature` carries a signature by the former secret as well.',
  ),
}).meta({
  id: 'RotatedEndpoint',
  description: 'An endpoint with its new secret, which is shown this once.',
});
export type RotatedEndpoint = z.infer<typeof RotatedEndpoint>;

export const CallbackSecret = z
  .object({
    object: z.literal('callback_secret'),
    secret: z
      .string()
      .describe('Signs events sent to a task’s own `callback_url`. Starts with `whsec_`.'),
    previous_secret_expires_at: Timestamp.nullable().describe(
      'After a rotation, until when `webhook-signature` is by the former secret as well; else null.',
    ),
  })
  .meta({
    id: 'CallbackSecret',
    description: 'What signs events sent to tasks’ own `callback_url`.',
  });
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
    number: whole.describe('Counts the tries from 1.'),
    status_code: whole
      .nullable()
      .describe('The HTTP status it answered; null where no answer came, and `error` says why.'),
    error: z.string().nullable().describe('Why it counts as a failure; null where it does not.'),
    duration_ms: whole.describe('Milliseconds until the answer, or until it was given up.'),
    response_body: z.string().describe('The first 2 KB of the answer.'),
    created_at: Timestamp,
  })
  .meta({ id: 'DeliveryAttempt', description: 'One try at delivering an event.' });

export const Delivery = z
  .object({
    id: z.uuid(),
    object: z.literal('delivery'),
    mode: Mode,
    endpoint_id: z
      .uuid()
      .nullable()
      .describe('Null where it goes to the task’s own `callback_url`.'),
    event_id: z.string(),
    event_type: z.string(),
    task_id: z.uuid().nullable().describe('Null where the event is about no task.'),
    url: z.string(),
    status: DeliveryStatus,
    attempt_count: whole.describe('Tries so far.'),
    next_attempt_at: Timestamp.nullable().describe('Null where no try follows.'),
    delivered_at: Timestamp.nullable(),
    created_at: Timestamp,
    attempts: z.array(DeliveryAttempt).describe('The latest tries, newest first, at most ten.'),
  })
  .meta({ id: 'Delivery', description: 'An event on its way to a URL.' });
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
        'Replays every delivery that failed for good and was created at or after this time.',
      ),
  })
  .meta({ id: 'ReplayFailed', description: 'Which deliveries to send again.' });
export type ReplaySince = z.infer<typeof ReplaySince>;

export const ReplayedDeliveries = z
  .object({
    object: z.literal('replay'),
    replayed: whole.describe('Deliveries that are sent again.'),
  })
  .meta({ id: 'ReplayedDeliveries', description: 'How many deliveries are sent again.' });
export type ReplayedDeliveries = z.infer<typeof ReplayedDeliveries>;

/** What is posted to endpoints. */
export const Event = z
  .object({
    id: z.string().describe('Starts with `evt_`; the same for every delivery of the event.'),
    object: z.literal('event'),
    type: z.string().describe('Such as `task.verified`.'),
    mode: Mode,
    created_at: Timestamp,
    data: Task.describe('The task as it was then.'),
  })
  .meta({ id: 'Event', description: 'What is posted to an endpoint.' });

const LowBalance = Balance.extend({
  threshold_sats: whole.describe('The balance that you want to hear below.'),
}).meta({
  id: 'LowBalance',
  description: 'A balance that has fallen below what its organization wants to hear of.',
});

/** What is posted to endpoints when a balance has fallen below what its organization wants to hear of. */
export const LowBalanceEvent = Event.extend({
  type: z.literal(LOW_BALANCE_EVENT),
  data: LowBalance.describe('The balance as it was then.'),
}).meta({ id: 'LowBalanceEvent', description: 'What is posted when the balance is low.' });
export type LowBalanceEvent = z.infer<typeof LowBalanceEvent>;

/** What an endpoint answered to a test event. */
export const TestResult = z
  .object({
    object: z.literal('webhook_test'),
    event_id: z.string(),
    delivery_id: z.uuid(),
    delivered: z.boolean().describe('True where the endpoint answered with a 2xx in time.'),
    status_code: DeliveryAttempt.shape.status_code,
    error: DeliveryAttempt.shape.error,
    duration_ms: DeliveryAttempt.shape.duration_ms,
    response_body: DeliveryAttempt.shape.response_body,
  })
  .meta({ id: 'TestResult', description: 'What an endpoint answered to a test event.' });
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
