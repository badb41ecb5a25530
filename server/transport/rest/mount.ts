import { AppError, NotFound } from '@/server/platform/errors';
import { createDoor, type Door } from './door';
import type { Method, Operation, RawReply } from './operation';
import type { PathEntry } from './path-table';
import type { Route, RouteHandler } from './route';

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** 405: the path exists, but not with this method. */
export class MethodNotAllowed extends AppError {
  static readonly status = 405;
  static readonly code = 'method_not_allowed';
  constructor(method: string, allow: readonly string[]) {
    super(
      405,
      'validation_error',
      'method_not_allowed',
      `${method} is not allowed here; use ${allow.join(' or ')}.`,
      { headers: { Allow: allow.join(', ') } },
    );
  }
}

/** The `Allow` header: HEAD wherever GET is allowed, and OPTIONS everywhere. */
function allowOf(operations: readonly Operation[]): string[] {
  const methods: string[] = operations.map((operation) => operation.method);
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'];
}

function byMethodOf(operations: readonly Operation[]): Map<Method, Operation> {
  const byMethod = new Map(operations.map((operation) => [operation.method, operation]));
  const paths = new Set(operations.map((operation) => operation.path));
  if (operations.length === 0 || byMethod.size !== operations.length || paths.size !== 1) {
    const told = operations.map(({ id, method, path }) => `${id} (${method} ${path})`).join(', ');
    throw new Error(`A route needs operations of one path and different methods, not: ${told}.`);
  }
  return byMethod;
}

/** `mount` for another door, such as another dialect of the API. */
export function mountWith(door: Door): (...operations: Operation[]) => Route {
  return (...operations) => {
    const byMethod = byMethodOf(operations);
    const allow = allowOf(operations);
    const handlerOf = (method: Method): RouteHandler => {
      const operation = byMethod.get(method);
      if (!operation) {
        return (request) => door.refuse(request, new MethodNotAllowed(request.method, allow));
      }
      return (request, params) => door.handle(operation, request, params);
    };
    const handlers = Object.fromEntries(
      METHODS.map((method) => [method, handlerOf(method)]),
    ) as Record<Method, RouteHandler>;
    return withHeadAndOptions(door, handlers, allow);
  };
}

function withHeadAndOptions(
  door: Door,
  handlers: Record<Method, RouteHandler>,
  allow: readonly string[],
): Route {
  const head: RouteHandler = async (request, params) => {
    const response = await handlers.GET(request, params);
    await response.body?.cancel();
    return new Response(null, response);
  };
  const preflight: RouteHandler = async (request) => door.preflight(request, allow);
  return { ...handlers, HEAD: head, OPTIONS: preflight };
}

type Get = (request: Request) => RawReply | Promise<RawReply>;

/** `openRoute` for another door. */
export function openRouteWith(door: Door, get: Get): Route {
  const allow = ['GET', 'HEAD', 'OPTIONS'];
  const refuse: RouteHandler = (request) =>
    door.refuse(request, new MethodNotAllowed(request.method, allow));
  const handlers = Object.fromEntries(METHODS.map((method) => [method, refuse])) as Record<
    Method,
    RouteHandler
  >;
  handlers.GET = async (request) => {
    try {
      return door.open(request, await get(request));
    } catch (error) {
      if (error instanceof AppError) return door.refuse(request, error);
      throw error;
    }
  };
  return withHeadAndOptions(door, handlers, allow);
}

/** The routes of an API: one per path. */
export function routesOf(
  operations: readonly Operation[],
  mountOf: (...own: Operation[]) => Route,
): PathEntry[] {
  const paths = [...new Set(operations.map(({ path }) => path))];
  return paths.map((path) => ({
    path,
    route: mountOf(...operations.filter((operation) => operation.path === path)),
  }));
}

/** 404 for every method on unknown paths. */
export function notFoundRouteWith(door: Door): Route {
  const handler: RouteHandler = (request) =>
    door.refuse(request, new NotFound('path', new URL(request.url).pathname));
  const all = [...METHODS, 'HEAD', 'OPTIONS'] as const;
  return Object.fromEntries(all.map((method) => [method, handler])) as Route;
}

const door = createDoor();

/**
 * The route of one path from its operations, such as `mount(createTask, listTasks)`. Other methods
 * get 405.
 * @throws Error at start if the operations have different paths or share a method.
 */
export const mount = mountWith(door);

/** 404 in the API's own format, for unknown paths below an API's root. */
export const notFoundRoute: Route = notFoundRouteWith(door);

/**
 * A route outside of the API without rate limit, such as a health check. Other methods, and every
 * AppError that `get` throws, are answered in the API's own format.
 */
export const openRoute = (get: Get): Route => openRouteWith(door, get);
