import { knownToAllBundles } from './known-to-all-bundles';

/** An error's `type` on the wire; one for each category that callers must distinguish. */
export type ErrorType =
  | 'validation_error'
  | 'authentication_error'
  | 'authorization_error'
  | 'insufficient_funds'
  | 'payment_required'
  | 'not_found'
  | 'conflict'
  | 'rate_limit_exceeded'
  | 'internal_error';

export interface ErrorOptions {
  /** The invalid field, as a dotted path in the caller's own spelling. */
  param?: string;
  /** Facts a program can act on, such as `{available_sats, required_sats}`. */
  details?: unknown;
  /** Response headers, such as `Retry-After` or `Allow`. */
  headers?: Record<string, string>;
  cause?: unknown;
}

/**
 * A failure the caller can understand and act on. Each business failure is a small subclass next to
 * its use case, with its own status and code, so that there is no second mapping.
 */
export class AppError extends Error {
  readonly param: string | undefined;
  readonly details: unknown;
  readonly headers: Record<string, string>;

  constructor(
    readonly status: number,
    readonly type: ErrorType,
    readonly code: string,
    message: string,
    options: ErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.param = options.param;
    this.details = options.details;
    this.headers = options.headers ?? {};
  }
}

knownToAllBundles(AppError, 'app-error');

/** An invalid field: `param` is its dotted path, `message` says what it should be. */
export interface FieldFault {
  param: string;
  code: string;
  message: string;
}

/** 400: invalid fields; every fault is in `details`. */
export class InvalidRequest extends AppError {
  constructor(message: string, options: ErrorOptions & { code?: string; status?: number } = {}) {
    super(
      options.status ?? 400,
      'validation_error',
      options.code ?? 'invalid_field',
      message,
      options,
    );
  }

  /** Creates one from a list of faults; the first one provides message and code. */
  static fromFaults(faults: FieldFault[]): InvalidRequest {
    const first = faults[0];
    return new InvalidRequest(first ? first.message : 'The request is invalid.', {
      code: first?.code ?? 'invalid_field',
      param: first?.param,
      details: faults,
    });
  }
}

/** 422: understood, but not possible as requested. */
export class Unprocessable extends AppError {
  constructor(code: string, message: string, options: ErrorOptions = {}) {
    super(422, 'validation_error', code, message, options);
  }
}

/** 404: it does not exist, or the caller may not know that it does. */
export class NotFound extends AppError {
  static readonly status = 404;
  static readonly code = 'not_found';
  constructor(noun: string, id?: string) {
    super(404, 'not_found', 'not_found', id ? `No such ${noun}: ${id}.` : `No such ${noun}.`);
  }
}

/** 409: the current state does not allow it. */
export class Conflict extends AppError {
  constructor(code: string, message: string, options: ErrorOptions = {}) {
    super(409, 'conflict', code, message, options);
  }
}

/** 401: the caller is not authenticated. */
export class Unauthenticated extends AppError {
  constructor(code: string, message: string, options: ErrorOptions = {}) {
    super(401, 'authentication_error', code, message, options);
  }
}

// Key checks of one bundle throw errors that all bundles must recognize.
knownToAllBundles(Unauthenticated, 'unauthenticated');

/** 403: the caller is not allowed to do this. */
export class Forbidden extends AppError {
  constructor(code: string, message: string, options: ErrorOptions = {}) {
    super(403, 'authorization_error', code, message, options);
  }
}

/** 429: rate limit exceeded; `Retry-After` says when to retry. */
export class TooManyRequests extends AppError {
  constructor(
    code: string,
    message: string,
    retryAfterSeconds: number,
    options: Pick<ErrorOptions, 'param'> = {},
  ) {
    super(429, 'rate_limit_exceeded', code, message, {
      ...options,
      headers: { 'Retry-After': String(retryAfterSeconds) },
    });
  }
}
