import { MethodNotAllowed, type Route, type RouteHandler } from '@/server/transport/rest';
import { errorResponse } from './error-response';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/**
 * A route outside of the API that only allows these methods. HEAD is handled by GET, OPTIONS lists
 * the methods, and all others get 405.
 */
export function only(handlers: Partial<Route>): Route {
  const { GET: get } = handlers;
  const known: Partial<Route> = get ? { HEAD: headOf(get), ...handlers } : handlers;
  const allow = [...METHODS.filter((method) => known[method]), 'OPTIONS'];
  const refuse: RouteHandler = async (request) =>
    errorResponse(request, new MethodNotAllowed(request.method, allow));
  const tell: RouteHandler = async () =>
    new Response(null, { status: 204, headers: { Allow: allow.join(', ') } });
  const route = Object.fromEntries(METHODS.map((method) => [method, known[method] ?? refuse]));
  return { ...(route as Route), OPTIONS: tell };
}

function headOf(get: RouteHandler): RouteHandler {
  return async (request, params) => {
    const response = await get(request, params);
    await response.body?.cancel();
    return new Response(null, response);
  };
}
