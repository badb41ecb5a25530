import type { Route } from './mount';
import type { Method, Operation } from './operation';

/**
 * Calls operations inside the process, through the same door as a request from outside.
 * @param routeOf the handlers of a path, as the app mounts them
 * @returns a function that answers a request, or gives null where no operation has its path
 */
export function dispatcher(
  operations: readonly Operation[],
  routeOf: (path: string) => Route,
): (request: Request) => Promise<Response> | null {
  const paths = [...new Set(operations.map(({ path }) => path))];
  const routes = paths.map((path) => ({
    pattern: patternOf(path),
    route: routeOf(path),
  }));
  return (request) => {
    const { pathname } = new URL(request.url);
    for (const { pattern, route } of routes) {
      const match = pattern.exec(pathname);
      if (!match) continue;
      const params = Object.fromEntries(
        Object.entries(match.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]),
      );
      return route[request.method as Method](request, { params: Promise.resolve(params) });
    }
    return null;
  };
}

/** `/v1/tasks/{id}` as a pattern over whole paths. */
function patternOf(path: string): RegExp {
  const literal = path.replace(/[.+*?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
}
