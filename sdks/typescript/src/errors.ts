/** Details of a failure; absent if there was no response. */
export interface ErrorFacts {
  status?: number;
  type?: string;
  code?: string;
  param?: string;
  details?: unknown;
  docUrl?: string;
  requestId?: string;
  /** What `Retry-After` said, in seconds. */
  retryAfterSeconds?: number;
  /** Of a ConnectionError: the network error. */
  reason?: string;
}

/** Every failure of this package is one of these; the class says what kind. */
export class HumanRailError extends Error {
  /** HTTP status; undefined if there was no response. */
  readonly status: number | undefined;
  /** The API's error type, such as `validation_error`. */
  readonly type: string | undefined;
  /** The API's error code, such as `missing_field`: compare this in programs. */
  readonly code: string | undefined;
  /** The invalid field, as spelled by the API, such as `payout_sats`. */
  readonly param: string | undefined;
  /** Details as sent by the API, such as a list of all invalid fields. */
  readonly details: unknown;
  /** The error's documentation. */
  readonly docUrl: string | undefined;
  /** Include it in support requests: it identifies the request in the logs. */
  readonly requestId: string | undefined;
  /** How long the API asked to wait, in seconds. */
  readonly retryAfterSeconds: number | undefined;

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message);
    this.name = new.target.name;
    this.status = facts.status;
    this.type = facts.type;
    this.code = facts.code;
    this.param = facts.param;
    this.details = facts.details;
    this.docUrl = facts.docUrl;
    this.requestId = facts.requestId;
    this.retryAfterSeconds = facts.retryAfterSeconds;
  }
}

/** 400, 405, 413, 415, 421, 422, 431: the request is invalid; `param` and `details` say where. */
export class ValidationError extends HumanRailError {}

/** 401: the key is missing, mistyped, revoked or expired. */
export class AuthenticationError extends HumanRailError {}

/** 402: the balance does not cover what the task may cost. */
export class InsufficientFundsError extends HumanRailError {
  /** What the organization can spend, in sats. */
  get availableSats(): number | undefined {
    return numberIn(this.details, 'available_sats');
  }

  /** What the request would hold, in sats. */
  get requiredSats(): number | undefined {
    return numberIn(this.details, 'required_sats');
  }
}

/** 403: the key lacks a required scope, or has reached its spend cap. */
export class AuthorizationError extends HumanRailError {}

/** 404: it does not exist, or belongs to another organization or mode. */
export class NotFoundError extends HumanRailError {}

/** 409: its current state does not allow it, or the idempotency key was used for something else. */
export class ConflictError extends HumanRailError {}

/** 429: too many requests; `retryAfterSeconds` says how long to wait. */
export class RateLimitError extends HumanRailError {}

/** 500 and above: the API failed. Retries are exhausted. */
export class InternalError extends HumanRailError {}

/**
 * No response: no route, refused, reset, or cut off. It has no `cause`, which would print the stack
 * of the HTTP library.
 */
export class ConnectionError extends HumanRailError {
  /** The network error, such as `connect ECONNREFUSED 127.0.0.1:3000`. */
  readonly reason: string | undefined;

  constructor(message: string, facts: ErrorFacts = {}) {
    super(message, facts);
    this.reason = facts.reason;
  }
}

/** No response in time, or the task did not end within `waitForCompletion`'s timeout. */
export class TimeoutError extends ConnectionError {}

/** The body of a webhook was not signed with the endpoint's secret, or too long ago. */
export class WebhookSignatureError extends HumanRailError {}

const classByStatus: Readonly<Record<number, typeof HumanRailError>> = {
  400: ValidationError,
  401: AuthenticationError,
  402: InsufficientFundsError,
  403: AuthorizationError,
  404: NotFoundError,
  405: ValidationError,
  408: TimeoutError,
  409: ConflictError,
  413: ValidationError,
  415: ValidationError,
  421: ValidationError,
  422: ValidationError,
  429: RateLimitError,
  431: ValidationError,
};

/**
 * The error for a response.
 * @param body the parsed JSON, or the text if a proxy returned something else.
 * @param unexplained the message if the body has none.
 */
export function errorFromAnswer(
  status: number,
  body: unknown,
  facts: Pick<ErrorFacts, 'requestId' | 'retryAfterSeconds'> = {},
  unexplained = `The API answered ${status} without saying why.`,
): HumanRailError {
  const ErrorClass = classByStatus[status] ?? (status >= 500 ? InternalError : HumanRailError);
  const answer = isRecord(body) ? body : {};
  const error = isRecord(answer.error) ? answer.error : {};
  const message = text(error.message) ?? unexplained;
  return new ErrorClass(message, {
    status,
    type: text(error.type),
    code: text(error.code),
    param: text(error.param),
    details: error.details,
    docUrl: text(error.doc_url),
    requestId: text(answer.request_id) ?? facts.requestId,
    retryAfterSeconds: facts.retryAfterSeconds,
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function numberIn(value: unknown, key: string): number | undefined {
  const found = isRecord(value) ? value[key] : undefined;
  return typeof found === 'number' ? found : undefined;
}
