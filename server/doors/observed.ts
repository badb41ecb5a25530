import { requestNoter } from '@/server/platform/metrics';
import type { Method, Operation, PathEntry, Route, RouteHandler } from '@/server/transport/rest';
import { requestTracer } from './trace-request';

/** The label for requests without an operation: unknown paths or methods, and preflights. */
const UNMATCHED = 'unmatched';

/**
 * Wraps entries to count, time and, if tracing is enabled, trace their requests: by operation, else
 * by the entry's path. Labels come from the table and not from the request, so that their number is
 * bounded.
 */
export function observed(
  entries: readonly PathEntry[],
  operations: readonly Operation[],
): PathEntry[] {
  const idOf = new Map(operations.map(({ id, method, path }) => [`${method} ${path}`, id]));
  const paths = new Set(operations.map(({ path }) => path));
  const nameOf = (path: string, method: Method | 'HEAD' | 'OPTIONS'): string => {
    if (path.endsWith('/**') || method === 'OPTIONS') return UNMATCHED;
    if (!paths.has(path)) return path;
    return idOf.get(`${method === 'HEAD' ? 'GET' : method} ${path}`) ?? UNMATCHED;
  };
  return entries.map(({ path, route }) => {
    const handlers = Object.entries(route) as [keyof Route, RouteHandler][];
    const timed = handlers.map(([method, handle]) => [
      method,
      observe(nameOf(path, method), requestTracer(method, path, nameOf(path, method)), handle),
    ]);
    return { path, route: Object.fromEntries(timed) as Route };
  });
}

function observe(
  operation: string,
  trace: ReturnType<typeof requestTracer>,
  handle: RouteHandler,
): RouteHandler {
  const note = requestNoter(operation);
  return async (request, params) => {
    const beganMs = performance.now();
    const end = trace(request);
    let status = 500;
    try {
      const response = await handle(request, params);
      ({ status } = response);
      return response;
    } finally {
      note(status, performance.now() - beganMs);
      end?.(status);
    }
  };
}
