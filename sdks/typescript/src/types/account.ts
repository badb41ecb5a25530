import type { JsonSchema } from '../output-type.js';
import type { JsonObject, Mode, Redundancy, RiskTier, Task } from './task.js';

export type WebhookEventType =
  | 'task.created'
  | 'task.assigned'
  | 'task.submitted'
  | 'task.verified'
  | 'task.completed'
  | 'task.failed'
  | 'task.cancelled'
  | 'task.expired';

interface WebhookEventFields {
  /** `evt_…`: the same event may come twice, with the same id. */
  id: string;
  object: 'event';
  mode: Mode;
  createdAt: string;
}

/** What is posted to an endpoint; `data` is the task as it was then. */
export type WebhookEvent<Output = unknown> = WebhookEventFields &
  ({ type: WebhookEventType; data: Task<Output> } | { type: 'webhook.test'; data: JsonObject });

export interface WebhookEndpoint {
  id: string;
  object: 'webhook_endpoint';
  mode: Mode;
  url: string;
  description: string;
  /** Event types it gets; empty means all. */
  events: WebhookEventType[];
  status: 'enabled' | 'disabled';
  disabledReason: string | null;
  /** Since when it has only failed; null after a success. */
  failingSince: string | null;
  createdAt: string;
  updatedAt: string;
}

/** With its secret, `whsec_…`, shown this once: keep it where the receiver can read it. */
export type WebhookEndpointWithSecret = WebhookEndpoint & { secret: string };

/** With its new secret; until the time given, `webhook-signature` carries the old one's as well. */
export type RotatedWebhookEndpoint = WebhookEndpointWithSecret & {
  previousSecretExpiresAt: string;
};

/** What signs events sent to tasks' own `callbackUrl`; one for the organization, in both modes. */
export interface CallbackSecret {
  object: 'callback_secret';
  /** `whsec_…` */
  secret: string;
  /** After a rotation, until when `webhook-signature` carries the old one's as well; else null. */
  previousSecretExpiresAt: string | null;
}

export interface CreateWebhookParams {
  /** Where events are posted to; https in live mode. */
  url: string;
  description?: string;
  /** Event types to send; all unless told. */
  events?: readonly WebhookEventType[];
}

export interface UpdateWebhookParams extends Partial<CreateWebhookParams> {
  /** Enabling it again forgets its failures. */
  status?: 'enabled' | 'disabled';
}

/** What the endpoint answered to a test event. */
export interface WebhookTestResult {
  object: 'webhook_test';
  eventId: string;
  deliveryId: string;
  /** True where it answered with a 2xx in time. */
  delivered: boolean;
  /** Its HTTP status; null where no answer came. */
  statusCode: number | null;
  error: string | null;
  durationMs: number;
  responseBody: string;
}

/** One try at delivering. */
export interface DeliveryAttempt {
  number: number;
  /** The HTTP status; null where no answer came, and `error` says why. */
  statusCode: number | null;
  error: string | null;
  durationMs: number;
  /** The first 2 KB of the answer. */
  responseBody: string;
  createdAt: string;
}

export interface Delivery {
  id: string;
  object: 'delivery';
  mode: Mode;
  /** Null where it goes to the task's own `callbackUrl`. */
  endpointId: string | null;
  eventId: string;
  eventType: string;
  taskId: string | null;
  url: string;
  status: 'pending' | 'delivered' | 'failed';
  attemptCount: number;
  nextAttemptAt: string | null;
  deliveredAt: string | null;
  createdAt: string;
  /** The latest tries, the newest first. */
  attempts: DeliveryAttempt[];
}

/** How many failed deliveries are sent again. */
export interface ReplayedDeliveries {
  object: 'replay';
  replayed: number;
}

export interface ListParams {
  /** Items a page, 1 to 100; 20 unless told. */
  limit?: number;
  /** The `nextCursor` of the page before. */
  after?: string;
}

/** A JSON Logic rule over `{payload, output}` that an answer of the type must meet. */
export interface TaskTypeRule {
  /** Names the rule in verification reports. */
  id: string;
  /** Where it is false, the rule is left aside. */
  when?: unknown;
  require: unknown;
  /** Told to the worker whose answer breaks the rule. */
  message: string;
}

/** Defaults that a task of this type gets for what its create leaves out. */
export interface TaskTypeParams {
  title?: string;
  description?: string;
  /** Markdown for the worker, at most 16 KB. */
  instructions?: string;
  outputSchema?: JsonSchema | null;
  rules?: readonly TaskTypeRule[];
  redundancy?: Partial<Redundancy>;
  /** Share of questions of known answer in the queue, 0 to 0.5. */
  goldRate?: number | null;
  payoutSats?: number | null;
  slaSeconds?: number | null;
  riskTier?: RiskTier | null;
  skillsRequired?: readonly string[];
}

export interface TaskType {
  object: 'task_type';
  type: string;
  title: string;
  description: string;
  instructions: string;
  outputSchema: JsonObject | null;
  rules: TaskTypeRule[];
  redundancy: Partial<Redundancy>;
  goldRate: number | null;
  payoutSats: number | null;
  slaSeconds: number | null;
  riskTier: RiskTier | null;
  skillsRequired: string[];
  /** True for those that come with the product; save one of its name to replace it. */
  shipped: boolean;
  /** Grows with each change. */
  version: number;
  createdAt: string;
  updatedAt: string;
}

export interface UsageParams {
  period?: 'day' | 'week' | 'month';
  /** A day, `2026-01-31`, or a moment. */
  startDate?: Date | string;
  endDate?: Date | string;
}

/** Counts by status, completion times in seconds, and sats spent, paid and refunded. */
export interface Usage {
  object: string;
  [field: string]: unknown;
}

export interface Balance {
  object: string;
  mode: Mode;
  /** What can be spent, in sats. */
  availableSats: number;
  /** What open tasks hold, in sats. */
  heldSats: number;
}
