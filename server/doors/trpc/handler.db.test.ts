import superjson from 'superjson';
import { beforeAll, describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization } from '@/server/testing/factories';
import { ask } from '@/server/testing/mounted';
import { sessionCookie } from '@/server/testing/session-cookie';

useTestDatabase();

let cookie: string;
beforeAll(async () => {
  const { ownerUserId } = await createOrganization();
  cookie = await sessionCookie(ownerUserId);
});

/** An error from tRPC, or from the server before tRPC. */
interface Answer {
  error?: {
    json?: { message: string; data: { failure: { code: string } } };
    message?: string;
    code?: string;
  };
}

/** Calls a procedure like the pages; `input` is the text of the body, or of the parameter. */
async function call(
  procedure: string,
  input: string,
  options: { method?: string; type?: string } = {},
) {
  const method = options.method ?? 'POST';
  const query = method === 'GET' ? `?input=${encodeURIComponent(input)}` : '';
  const response = await ask(
    new Request(`http://localhost:3000/api/trpc/${procedure}${query}`, {
      method,
      headers: {
        cookie,
        host: 'localhost:3000',
        origin: 'http://localhost:3000',
        'content-type': options.type ?? 'application/json',
      },
      ...(method === 'GET' ? {} : { body: input }),
    }),
  );
  const body = (await response.json()) as Answer;
  return {
    status: response.status,
    message: body.error?.json?.message ?? body.error?.message,
    code: body.error?.json?.data.failure.code ?? body.error?.code,
  };
}

const nested = (depth: number) => `{"json":${'['.repeat(depth)}${']'.repeat(depth)}}`;
const ring: { payload: Record<string, unknown> } = { payload: {} };
ring.payload.self = ring.payload;
const twice = { a: 1 };

describe('an input that no page of ours sends is refused in words, never with 500', () => {
  it.each([
    ['nested 100,000 deep', nested(100_000)],
    ['nested 300 deep', nested(300)],
    ['a cycle', superjson.stringify(ring)],
    ['a cycle of the whole', '{"json":{"a":null},"meta":{"referentialEqualities":[["a"]]}}'],
    ['a bigint', superjson.stringify({ payload: { n: 1n } })],
    ['a bigint that is none', '{"json":{"n":"x"},"meta":{"values":{"n":["bigint"]}}}'],
    ['a regular expression', superjson.stringify({ payload: /(a+)+$/ })],
    ['a set', superjson.stringify({ payload: new Set([1]) })],
    ['a symbol', '{"json":{"n":"x"},"meta":{"values":{"n":[["symbol","x"]]}}}'],
    ['a type where nothing is', '{"json":{},"meta":{"values":{"a.b.c":["Date"]}}}'],
    ['a path through a prototype', '{"json":{"a":1},"meta":{"values":{"a.__proto__.b":["Date"]}}}'],
    ['meta that is no object', '{"json":{},"meta":5}'],
    ['a bare number', '5'],
    ['null', 'null'],
    ['a list', '[]'],
    ['half of a body', '{"json":'],
    ['__proto__', '{"json":{"payload":{"__proto__":{"admin":true}}}}'],
    ['__proto__ in disguise', '{"json":{"payload":{"~__proto__":{"admin":true}}},"renamed":true}'],
    ['a key twice', '{"json":{"name":"a","name":"b"}}'],
  ])('%s', async (_what, input) => {
    const answers = [await call('accounts.changeName', input)];
    // The server accepts 16 KB of headers, including the address.
    if (input.length < 10_000) answers.push(await call('quotes.create', input, { method: 'GET' }));
    for (const answer of answers) {
      expect(answer.status).toBe(400);
      expect(answer.message).toMatch(/^\w/);
    }
  });

  it('a body over 2 MB, and one that is not JSON', async () => {
    const long = `{"json":{"name":"${'x'.repeat(2 * 1024 * 1024)}"}}`;
    expect(await call('accounts.changeName', long)).toMatchObject({
      status: 413,
      code: 'body_too_large',
    });
    const form = await call('accounts.changeName', 'name=x', {
      type: 'application/x-www-form-urlencoded',
    });
    expect(form.status).toBe(415);
  });

  it('more than a hundred calls at once', async () => {
    const names = Array.from({ length: 101 }, () => 'accounts.me').join();
    const { status } = await call(`${names}?batch=1`, '{}');
    expect(status).toBe(400);
  });
});

it('what pages do send arrives: absent fields, the same part twice', async () => {
  const input = superjson.stringify({
    type: 'x',
    risk_tier: undefined,
    payout_sats: 10,
    payload: { parts: [twice, twice] },
  });
  expect(input).toContain('referentialEqualities');
  expect(input).toContain('undefined');
  expect(await call('quotes.create', input, { method: 'GET' })).toMatchObject({ status: 200 });
});
