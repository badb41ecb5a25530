import type { JsonObject } from './base.js';
import type { Mode, UsagePeriod, WebhookEventType } from './generated/enums.js';
import type { LowBalance } from './generated/usage.js';
import type { Task } from './task.js';

export type {
  AdvancedTestClock,
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
  DepositStatus,
  PayloadShape,
  Pool,
  UsagePeriod,
  WebhookEndpointStatus,
  WebhookEventType,
} from './generated/enums.js';
export type {
  CreateDepositParams,
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
export type {
  Balance,
  Deposit,
  LowBalance,
  Usage,
  UsageBucket,
  UsageFacts,
  UsageTaskCounts,
} from './generated/usage.js';

interface WebhookEventFields {
  /** `evt_…`: the same event may come twice, with the same id. */
  id: string;
  object: 'event';
  mode: Mode;
  createdAt: string;
}

/** What is posted to an endpoint; `data` is the task, or the balance, as it was then. */
export type WebhookEvent<Output = unknown> = WebhookEventFields &
  (
    | { type: Exclude<WebhookEventType, 'balance.low'>; data: Task<Output> }
    | { type: 'balance.low'; data: LowBalance }
    | { type: 'webhook.test'; data: JsonObject }
  );

export interface ListParams {
  /** Items per page, 1 to 100; default 20. */
  limit?: number;
  /** The previous page's `nextCursor`. */
  after?: string;
}

export interface UsageParams {
  period?: UsagePeriod;
  /** A day, `2026-01-31`, or a moment. */
  startDate?: Date | string;
  endDate?: Date | string;
}
