import { describe, expect, it } from 'vitest';
import { both, json, ping, send } from './fixtures/widgets';
import { openRoute } from './mount';

describe('a good request', () => {
  it('gets what the handler gave, as JSON, with the headers of every answer', async () => {
    const { response, status, body } = await send(both, { body: json({ name: 'a', size: 3 }) });
    expect([status, body]).toEqual([201, { id: 'a', size: 3 }]);
    const headers = Object.fromEntries(response.headers);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
      'ratelimit-limit': '6000',
      'x-request-id': expect.stringMatching(/^req_[0-9a-f]{32}$/),
    });
    expect(Number(headers['ratelimit-remaining'])).toBeGreaterThanOrEqual(0);
    expect(Number(headers['ratelimit-reset'])).toBeGreaterThanOrEqual(0);
  });

  it('keeps a plain X-Request-Id and replaces a strange one', async () => {
    const given = async (id: string) => {
      const { response } = await send(both, { headers: { 'x-request-id': id } });
      return response.headers.get('x-request-id');
    };
    expect(await given('trace-1.2:3')).toBe('trace-1.2:3');
    expect(await given('a b<script>')).toMatch(/^req_/);
  });

  it('needs no body where the call takes none', async () => {
    const answer = await send([ping], { path: '/v1/ping', key: null });
    expect([answer.status, answer.body]).toEqual([200, { key: null }]);
    expect(answer.response.headers.get('x-pong')).toBe('1');
    const empty = await send([ping], { path: '/v1/ping', key: null, body: '{}' });
    expect(empty.status).toBe(200);
  });

  it('hands an idempotency key to handlers that see to it themselves', async () => {
    const headers = { 'idempotency-key': 'k'.repeat(256) };
    const answer = await send([ping], { path: '/v1/ping', headers });
    expect(answer.body).toEqual({ key: 'k'.repeat(256) });
  });

  it('reads lists, groups and numbers from the query', async () => {
    const { body } = await send(both, {
      method: 'GET',
      path: '/v1/widgets?limit=5&status=on&status=off&metadata[a]=1&metadata[b]=2',
    });
    expect(body).toEqual({ limit: 5, status: ['on', 'off'], metadata: { a: '1', b: '2' } });
    const one = await send(both, { method: 'GET', path: '/v1/widgets?status[]=on' });
    expect(one.body).toEqual({ limit: 20, status: ['on'] });
  });
});

describe('a route that is open to all', () => {
  const open = openRoute(() => ({ status: 200, body: { status: 'ok' } }));

  it('gives its document with a request id, and is not counted', async () => {
    const { response, status, body } = await send(open, { method: 'GET', key: null });
    expect([status, body]).toEqual([200, { status: 'ok' }]);
    expect(response.headers.get('x-request-id')).toMatch(/^req_/);
    expect(response.headers.has('ratelimit-limit')).toBe(false);
    const head = await send(open, { method: 'HEAD', key: null });
    expect([head.status, head.body]).toEqual([200, undefined]);
  });
});

describe('the error form', () => {
  it('carries type, code, message, param, details, doc_url and the request id', async () => {
    const { response, status, body } = await send(both, { body: json({ name: 'a' }) });
    expect(status).toBe(400);
    const fault = { param: 'size', code: 'missing_field', message: 'size is required.' };
    expect(body).toEqual({
      error: {
        type: 'validation_error',
        ...fault,
        details: [fault],
        doc_url: 'http://localhost:3000/docs/errors#missing_field',
      },
      request_id: response.headers.get('x-request-id'),
    });
  });

  it('of a business failure keeps its status, code and headers', async () => {
    const { response, status, body } = await send(both, { body: json({ name: 'busy', size: 1 }) });
    expect([status, body.error.type, body.error.code]).toEqual([409, 'conflict', 'widget_busy']);
    expect(response.headers.get('retry-after')).toBe('2');
  });

  it('of our own failure tells nothing about our insides', async () => {
    const { status, body } = await send(both, { body: json({ name: 'broken', size: 1 }) });
    expect([status, body.error.code]).toEqual([500, 'internal_error']);
    expect(JSON.stringify(body)).not.toMatch(/secret|stack|\.ts/);
  });

  it('says when to try again where the database is away', async () => {
    const { response, status } = await send(both, { body: json({ name: 'away', size: 1 }) });
    expect(status).toBe(500);
    expect(response.headers.get('retry-after')).toBe('1');
  });
});

describe('400: fields', () => {
  async function faultsOf(body: unknown) {
    const answer = await send(both, { body: json(body) });
    expect(answer.status).toBe(400);
    return answer.body.error.details as unknown[];
  }

  it('names every fault with its dotted path', async () => {
    expect(
      await faultsOf({
        size: 1.5,
        colour: 'green',
        parts: [{ weight: 1 }, { weight: 'x', depth: 2 }],
        note: true,
        code: 'A1',
        sise: 1,
        extra: [],
      }),
    ).toEqual([
      { param: 'name', code: 'missing_field', message: 'name is required.' },
      { param: 'size', code: 'invalid_field', message: 'size must be a whole number.' },
      { param: 'colour', code: 'invalid_field', message: 'colour must be "red" or "blue".' },
      {
        param: 'parts.1.weight',
        code: 'invalid_field',
        message: 'parts.1.weight must be a number.',
      },
      {
        param: 'parts.1.depth',
        code: 'unknown_field',
        message: 'parts.1.depth is not a known field.',
      },
      { param: 'note', code: 'invalid_field', message: 'note must be a string or a number.' },
      { param: 'code', code: 'invalid_field', message: 'code: Use a-z only.' },
      { param: 'extra', code: 'invalid_field', message: 'extra must be an object.' },
      { param: 'sise', code: 'unknown_field', message: 'sise is not a known field.' },
    ]);
  });

  it('says what size is allowed', async () => {
    expect(await faultsOf({ name: '', size: 101 })).toMatchObject([
      { message: 'name must not be empty.' },
      { message: 'size must be at most 100.' },
    ]);
    expect(await faultsOf({ name: 'x'.repeat(11), size: 0 })).toMatchObject([
      { message: 'name must be at most 10 characters long.' },
      { message: 'size must be at least 1.' },
    ]);
  });

  it.each([['[]'], ['"text"'], ['null'], ['7']])('refuses %s as a body', async (body) => {
    const answer = await send(both, { body });
    expect([answer.status, answer.body.error.code]).toEqual([400, 'invalid_field']);
    expect(answer.body.error.message).toBe('The body must be an object.');
  });

  it('lists what is missing where there is no body at all', async () => {
    const { status, body } = await send(both);
    expect([status, body.error.code, body.error.details.length]).toEqual([400, 'missing_field', 2]);
  });

  it.each([
    ['limit=0', 'limit', 'invalid_field'],
    ['limit=abc', 'limit', 'invalid_field'],
    ['limit=', 'limit', 'invalid_field'],
    ['limit=1&limit=2', 'limit', 'invalid_field'],
    ['status=maybe', 'status.0', 'invalid_field'],
    ['order=asc', 'order', 'unknown_field'],
  ])('query ?%s', async (query, param, code) => {
    const { status, body } = await send(both, { method: 'GET', path: `/v1/widgets?${query}` });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ param, code });
  });

  it('refuses fields and queries of calls that take none, by name', async () => {
    const answer = await send([ping], { path: '/v1/ping?a=1', body: json({ b: 1 }) });
    expect(answer.status).toBe(400);
    expect(answer.body.error.details).toMatchObject([
      { param: 'a', code: 'unknown_field' },
      { param: 'b', code: 'unknown_field' },
    ]);
  });

  it.each([[''], ['k'.repeat(257)]])('refuses an idempotency key out of bounds', async (key) => {
    const { status, body } = await send(both, {
      headers: { 'idempotency-key': key },
      body: json({ name: 'a', size: 1 }),
    });
    expect([status, body.error.param]).toEqual([400, 'Idempotency-Key']);
  });
});
