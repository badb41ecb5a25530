import { describe, expect, it } from 'vitest';
import { openRoute } from './mount';
import { pathTable } from './path-table';

const route = () => openRoute(() => ({ status: 200, body: {} }));
const routes = {
  '/v1/tasks': route(),
  '/v1/tasks/{id}': route(),
  '/v1/tasks/batch': route(),
  '/v1/tasks/{id}/events': route(),
  '/v1/types/{type}/golds/{id}': route(),
  '/v1/**': route(),
};
const find = pathTable(Object.entries(routes).map(([path, each]) => ({ path, route: each })));

/** The matching entry's path, and its parameter values. */
function found(pathname: string): [string, object] | null {
  const result = find(pathname);
  const entry = Object.entries(routes).find(([, each]) => each === result?.route);
  return result && [entry?.[0] ?? '', result.params];
}

describe('a path', () => {
  it.each([
    ['/v1/tasks', '/v1/tasks', {}],
    ['/v1/tasks/7', '/v1/tasks/{id}', { id: '7' }],
    ['/v1/tasks/batch', '/v1/tasks/batch', {}],
    ['/v1/tasks/7/events', '/v1/tasks/{id}/events', { id: '7' }],
    ['/v1/types/a.b/golds/9', '/v1/types/{type}/golds/{id}', { type: 'a.b', id: '9' }],
  ])('%s is found by its entry, names before parameters', (pathname, path, params) => {
    expect(found(pathname)).toEqual([path, params]);
    expect(found(`${pathname}/`)).toEqual([path, params]);
  });

  it('may have a parameter whose value is another path’s name', () => {
    expect(found('/v1/tasks/batch/events')).toEqual(['/v1/tasks/{id}/events', { id: 'batch' }]);
  });

  it('gives parameters decoded, a slash of theirs included', () => {
    expect(found('/v1/tasks/a%2Fb%20%C3%A9')).toEqual(['/v1/tasks/{id}', { id: 'a/b é' }]);
  });

  it.each([
    '/v1',
    '/v1/',
    '/v1/nowhere',
    '/v1/tasks/7/nowhere',
    '/v1/tasks/%ff',
    '/v1/tasks//events',
  ])('%s falls to what is below the root, without parameters', (pathname) =>
    expect(found(pathname)).toEqual(['/v1/**', {}]),
  );

  it.each(['/', '/v2/tasks', '/v10', '/__proto__', '/constructor'])(
    '%s is not found',
    (pathname) => {
      expect(found(pathname)).toBeNull();
    },
  );
});

it('is refused at start where it is ambiguous', () => {
  const twice = [1, 2].map(() => ({ path: '/v1/a', route: route() }));
  expect(() => pathTable(twice)).toThrow('/v1/a has two entries');
  const named = ['/v1/{a}', '/v1/{b}/c'].map((path) => ({ path, route: route() }));
  expect(() => pathTable(named)).toThrow('{b} is {a} in another path');
});
