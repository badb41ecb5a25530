import { expect, it } from 'vitest';
import { registry } from '@/server/platform/metrics/registry';
import type { Operation, PathEntry, Route, RouteHandler } from '@/server/transport/rest';
import { observed } from './observed';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
const routeOf = (handle: RouteHandler) =>
  Object.fromEntries(METHODS.map((method) => [method, handle])) as Route;
const answers = (status: number): Route => routeOf(async () => new Response(null, { status }));
const entries: PathEntry[] = [
  { path: '/v1/things/{id}', route: answers(200) },
  { path: '/v1/**', route: answers(404) },
  { path: '/healthz', route: answers(503) },
  {
    path: '/fails',
    route: routeOf(() => {
      throw new Error('Broken.');
    }),
  },
];
const operations = [
  { id: 'things.get', method: 'GET', path: '/v1/things/{id}' },
] as unknown as Operation[];

async function countedOf(path: string, method: keyof Route): Promise<string[]> {
  registry().resetMetrics();
  const entry = observed(entries, operations).find((each) => each.path === path);
  await entry?.route[method](new Request('http://localhost/v1/things/secret-4711'), {}).catch(
    () => null,
  );
  const text = await registry().metrics();
  expect(text).not.toContain('secret-4711');
  return text.split('\n').filter((line) => /^humanrail_requests_total.* 1$/.test(line));
}

it.each<[string, keyof Route, string, string]>([
  ['/v1/things/{id}', 'GET', 'things.get', '2xx'],
  ['/v1/things/{id}', 'HEAD', 'things.get', '2xx'],
  ['/v1/things/{id}', 'PUT', 'unmatched', '2xx'],
  ['/v1/things/{id}', 'OPTIONS', 'unmatched', '2xx'],
  ['/v1/**', 'GET', 'unmatched', '4xx'],
  ['/healthz', 'GET', '/healthz', '5xx'],
  ['/fails', 'POST', '/fails', '5xx'],
])('counts %s by %s as %s %s, whatever the path says', async (path, method, operation, status) => {
  expect(await countedOf(path, method)).toEqual([
    `humanrail_requests_total{operation="${operation}",status="${status}"} 1`,
  ]);
});
