import type { AppError } from '@/server/platform/errors';
import { errorBody, requestIdOf } from '@/server/transport/rest';

/** An error in the API's own form, for addresses that are not part of the API. */
export function errorResponse(request: Request, error: AppError): Response {
  const requestId = requestIdOf(request);
  return Response.json(errorBody(error, requestId), {
    status: error.status,
    headers: { ...error.headers, 'X-Request-Id': requestId, 'Cache-Control': 'no-store' },
  });
}
