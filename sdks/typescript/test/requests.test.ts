import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HumanRail } from '../src/index.js';
import { ApiServer, json } from './api-server.js';
import { conformanceCases } from './conformance-cases.js';

interface RequestCase {
  name: string;
  call: string;
  id?: string;
  ids?: string[];
  params?: unknown;
  request: {
    method: string;
    path: string;
    query: Record<string, string>;
    body: unknown;
    headers?: Record<string, string>;
  };
  response: { status: number; body: unknown };
  result: unknown;
  verbatim?: boolean;
}

const { cases, untouched } = conformanceCases<{ cases: RequestCase[]; untouched: string[] }>(
  'requests',
);

/** The canonical form in this language's spelling: written anew here, to check the SDK's own. */
function spelled(value: unknown, opaque: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => spelled(item, opaque));
  if (typeof value !== 'object' || value === null) return value;
  const words = (key: string) => key.split('_');
  const camel = ([first = '', ...rest]: string[]) =>
    first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      camel(words(key)),
      opaque.includes(key) ? inner : spelled(inner, opaque),
    ]),
  );
}

type AnyMethod = (...call: unknown[]) => Promise<unknown>;

function invoke(client: HumanRail, one: RequestCase): Promise<unknown> {
  const path = one.call
    .split('.')
    .map((name) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()));
  const method = path.pop() ?? '';
  const target = path.reduce<unknown>(
    (at, name) => (at as Record<string, unknown>)[name],
    client,
  ) as Record<string, AnyMethod>;
  const call = [
    ...(one.ids ?? (one.id === undefined ? [] : [one.id])),
    ...(one.params === undefined ? [] : [spelled(one.params, untouched)]),
  ];
  return (target[method] as AnyMethod).apply(target, call);
}

const isPage = (value: unknown): value is { data: unknown } =>
  typeof value === 'object' && value !== null && 'getNextPage' in value;

describe('each call makes the request of the contract and gives its answer', () => {
  const server = new ApiServer();
  beforeAll(() => server.start());
  afterAll(() => server.stop());

  it.each(cases)('$call: $name', async (one) => {
    server.answerWith(json(one.response.status, one.response.body));
    const result = await invoke(server.client(), one);

    expect(server.requests).toHaveLength(1);
    const [seen] = server.requests;
    const { headers: expectedHeaders = {}, ...expected } = one.request;
    expect(seen).toMatchObject({ method: expected.method, path: expected.path });
    expect(seen?.query).toEqual(expected.query);
    expect(seen?.body).toEqual(expected.body);
    expect(seen?.headers.authorization).toBe('Bearer ek_test_key');
    for (const [name, value] of Object.entries(expectedHeaders)) {
      expect(seen?.headers[name.toLowerCase()]).toBe(value);
    }
    if (expected.method === 'POST') expect(seen?.headers['idempotency-key']).toMatch(/^.{1,256}$/);
    else expect(seen?.headers['idempotency-key']).toBeUndefined();

    const opaque = one.call === 'tasks.events' ? [...untouched, 'data'] : untouched;
    const wanted = one.verbatim ? one.result : spelled(one.result, opaque);
    expect(isPage(result) ? result.data : (result ?? null)).toEqual(wanted);
  });
});
