import { env } from '@/server/platform/env';
import { AppError } from '@/server/platform/errors';

/** Renders an error in one dialect of the API. */
export type ErrorBody = (error: AppError, requestId: string) => unknown;

/** 500: an internal error. Details are in the log under the request ID. */
export class InternalError extends AppError {
  static readonly status = 500;
  static readonly code = 'internal_error';
  constructor(cause: unknown) {
    super(
      500,
      'internal_error',
      'internal_error',
      'Something went wrong on our side. Try again; if it persists, report the request id.',
      { cause, headers: isDatabaseAway(cause) ? { 'Retry-After': '1' } : {} },
    );
  }
}

const AWAY_CODES = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028']);
const AWAY_KINDS = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'TooManyConnections',
  'SocketTimeout',
]);

/** Whether the database was unreachable or too slow, which may be temporary. */
function isDatabaseAway(error: unknown): boolean {
  const { code, meta } = (error ?? {}) as {
    code?: unknown;
    meta?: { driverAdapterError?: { cause?: { kind?: string } } };
  };
  const kind = meta?.driverAdapterError?.cause?.kind;
  return AWAY_CODES.has(String(code)) || (kind !== undefined && AWAY_KINDS.has(kind));
}

/** Renders the error for v1. */
export const errorBody = (error: AppError, requestId: string) => ({
  error: {
    type: error.type,
    code: error.code,
    message: error.message,
    ...(error.param === undefined ? {} : { param: error.param }),
    ...(error.details === undefined ? {} : { details: error.details }),
    doc_url: `${env.PUBLIC_URL}/docs/errors#${error.code}`,
  },
  request_id: requestId,
});
