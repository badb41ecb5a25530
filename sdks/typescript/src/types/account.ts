import type { JsonObject } from './base.js';
import type { Mode, UsagePeriod, WebhookEventType } from './generated/enums.js';
import type { Task } from './task.js';

export type {
  AdvancedTestClock,
  Balance,
  CallbackSecret,
  Delivery,
  DeliveryAttempt,
  Gold,
  RedundancyParams,
  ReplayedDeliveries,
  RotatedWebhookEndpoint,
  TaskType,
  TaskTypeRule,
  TestClock,
  TestClockEvent,
  WebhookEndpoint,
  WebhookEndpointWithSecret,
  WebhookTestResult,
} from './generated/account.js';
export type {
  DeliveryStatus,
  PayloadShape,
  Pool,
  UsagePeriod,
  WebhookEndpointStatus,
  WebhookEventType,
} from './generated/enums.js';
export type {
  CreateGoldParams,
  CreateWebhookParams,
  PayloadHighlight,
  PayloadHint,
  TaskTypeParams,
  UpdateWebhookParams,
} from './generated/params.js';
export type {
  VerificationPolicy,
  VerificationPolicyAnomaly,
  VerificationPolicyConsensus,
  VerificationPolicyGold,
  VerificationPolicyQa,
} from './generated/policy.js';
export type { Usage, UsageBucket, UsageFacts, UsageTaskCounts } from './generated/usage.js';

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

export interface ListParams {
  /** Items a page, 1 to 100; 20 unless told. */
  limit?: number;
  /** The `nextCursor` of the page before. */
  after?: string;
}

export interface UsageParams {
  period?: UsagePeriod;
  /** A day, `2026-01-31`, or a moment. */
  startDate?: Date | string;
  endDate?: Date | string;
}
