import type { AppError } from '@/server/platform/errors';
import { errorBody, requestIdOf, textResponse } from '@/server/transport/rest';

/** An error in the API's format, for addresses outside of the API. */
export function errorResponse(request: Request, error: AppError): Response {
  const requestId = requestIdOf(request);
  return textResponse(JSON.stringify(errorBody(error, requestId)), error.status, {
    ...error.headers,
    'X-Request-Id': requestId,
    'Cache-Control': 'no-store',
    'Content-Type': 'application/json',
  });
}
