export type { ApprovalOptions } from './approval.js';
export type { Answer, AskOptions, QuestionOptions } from './ask.js';
export { HumanRail, HumanRail as default } from './client.js';
export {
  AuthenticationError,
  AuthorizationError,
  ConflictError,
  ConnectionError,
  HumanRailError,
  InsufficientFundsError,
  InternalError,
  NotFoundError,
  RateLimitError,
  TimeoutError,
  ValidationError,
  WebhookSignatureError,
} from './errors.js';
export type { StreamOptions } from './event-stream.js';
export { idempotencyKey } from './idempotency-key.js';
export type { FromSchema, JsonSchema } from './output-type.js';
export { Page, PagePromise } from './pagination.js';
export type { CreateTaskOptions, GetTaskOptions } from './resources/tasks.js';
export type { ListDeliveriesParams } from './resources/webhooks.js';
export type { AnswerOf, Returns } from './returns.js';
export type { ClientOptions } from './settings.js';
export type { AnswerIssue, StandardSchema } from './standard-schema.js';
export {
  AnswerMismatchError,
  ApprovalDeniedError,
  TaskCancelledError,
  TaskError,
  TaskExpiredError,
  TaskFailedError,
  TaskTimeoutError,
} from './task-errors.js';
export type { RequestOptions } from './transport.js';
export type * from './types/account.js';
export type * from './types/task.js';
export { VERSION } from './version.js';
export type { WaitOptions } from './wait-for-completion.js';
export { isTerminal } from './wait-for-completion.js';
export { parseWebhookEvent } from './webhook-event.js';
export type {
  HeaderValue,
  RawBody,
  VerifyStandardWebhookInput,
  VerifyWebhookSignatureInput,
} from './webhook-signature.js';
export { verifyStandardWebhook, verifyWebhookSignature } from './webhook-signature.js';
