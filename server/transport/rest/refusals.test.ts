import { describe, expect, it } from 'vitest';
import { longestSlice } from '@/server/testing/longest-slice';
import { createDoor } from './door';
import {
  ACTOR,
  both,
  createWidget,
  doorWith,
  json,
  KEY,
  limiter,
  send,
  stopWidget,
} from './fixtures/widgets';
import { notFoundRouteWith } from './mount';
import { assertUnambiguous } from './read-json-text';

describe('400: malformed_json', () => {
  it.each([
    ['truncated', '{"name": "a"'],
    ['not JSON', 'name=a'],
    ['a key twice', '{"size": 1, "name": "a", "size": 2}'],
    ['a key twice, once escaped', '{"size": 1, "s\\u0069ze": 2}'],
    ['a key twice, far inside', '{"extra": [{"a": "}\\\\"}, {"b": 1, "b": 1}]}'],
    ['__proto__', '{"extra": {"__proto__": {"admin": true}}}'],
    ['nesting without end', `{"extra": ${'['.repeat(400)}${']'.repeat(400)}}`],
  ])('%s', async (_name, body) => {
    const answer = await send(both, { body });
    expect([answer.status, answer.body.error.code]).toEqual([400, 'malformed_json']);
  });

  it('bytes that are not UTF-8', async () => {
    const answer = await send(both, { body: new Uint8Array([0x7b, 0xff, 0x7d]) });
    expect(answer.body.error.code).toBe('malformed_json');
  });

  it('but takes the same key in different objects', async () => {
    const body = '{"name":"a","size":1,"extra":{"a":{"x":1},"b":{"x":"\\"x\\":1"}}}';
    expect((await send(both, { body })).status).toBe(201);
  });
});

describe('400: unsafe_number', () => {
  const of = (extra: string) =>
    send(both, { body: `{"name":"a","size":1,"extra":{"x":${extra}}}` });

  it.each([
    ['an integer beyond 2^53', '{"ids":[1,{"a/b":12345678901234567890}]}', '/extra/x/ids/1/a~1b'],
    ['the first one that is read as another', '[9007199254740993]', '/extra/x/0'],
    ['a negative one', '{"n":-9007199254740993}', '/extra/x/n'],
    ['one with a fraction of nothing', '[[],[0,12345678901234567890.0]]', '/extra/x/1/1'],
    ['one as a power', '{"\\u0061":1234567890123456789e1}', '/extra/x/a'],
    ['one that becomes infinite', '{"x":"1,2","y":1e400}', '/extra/x/y'],
    ['one that becomes nothing', '{"y":-0.001e-400}', '/extra/x/y'],
    ['one of hundreds of digits', `[${'9'.repeat(300)}]`, '/extra/x/0'],
  ])('%s', async (_name, extra, pointer) => {
    const { status, body } = await of(extra);
    expect([status, body.error.code, body.error.details.pointer]).toEqual([
      400,
      'unsafe_number',
      pointer,
    ]);
    expect(body.error.message).toContain('send it as a string');
    expect(body.error.message.length).toBeLessThan(300);
  });

  it.each([
    '[9007199254740991,-9007199254740991,0,-0,0.0,0e5]',
    '[0.1,1.7976931348623157e308,5e-324,1e21,1e23,3.141592653589793238462643383279]',
    '["12345678901234567890",{"1e400":"1e400"},1234567890123456.5]',
  ])('but takes %s', async (extra) => {
    expect((await of(extra)).status).toBe(201);
  });

  it('looks through megabytes without holding the loop', async () => {
    const text = `[${'{"a":1234567890.125},'.repeat(300_000)}1]`;
    expect(text.length).toBeGreaterThan(6e6);
    expect(await longestSlice(() => assertUnambiguous(text))).toBeLessThan(50);
  });
});

describe('401, 403, 404, 405, 413, 415, 429', () => {
  it.each([
    ['no key', null, undefined],
    ['a typo', `${KEY.text.slice(0, -1)}!`, undefined],
    ['another scheme', null, `Basic ${KEY.text}`],
    ['two words', null, `Bearer ${KEY.text} x`],
  ])('401 for %s', async (_name, key, authorization) => {
    const headers: Record<string, string> = authorization ? { authorization } : {};
    const { response, status, body } = await send(both, { key, headers });
    expect([status, body.error.code]).toEqual([401, 'invalid_api_key']);
    expect(body.error.type).toBe('authentication_error');
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(response.headers.has('ratelimit-limit')).toBe(true);
  });

  it('403 without the scope', async () => {
    const params = { id: '01980000-0000-7000-8000-000000000003' };
    const { status, body } = await send([stopWidget], { params });
    expect([status, body.error.code, body.error.type]).toEqual([
      403,
      'missing_scope',
      'authorization_error',
    ]);
    expect(body.error.details).toEqual({ scope: 'tasks:write' });
  });

  it('404 for what cannot be an id, and for paths where nothing is', async () => {
    const door = createDoor({
      authenticate: async () => ({ ...ACTOR, scopes: ['tasks:write'] }),
      consume: limiter(),
    });
    const { status, body } = await send([stopWidget], { params: { id: 'nonsense' } }, door);
    expect([status, body.error.code]).toEqual([404, 'not_found']);
    const nowhere = await send(notFoundRouteWith(door), { method: 'PUT', path: '/v1/nowhere' });
    expect([nowhere.status, nowhere.body.error.code]).toEqual([404, 'not_found']);
    expect(nowhere.body.error.message).toContain('/v1/nowhere');
  });

  it('405 with Allow for every other method', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const { response, status, body } = await send(both, { method });
      expect([status, body.error.code]).toEqual([405, 'method_not_allowed']);
      expect(response.headers.get('allow')).toBe('POST, GET, HEAD, OPTIONS');
    }
    expect((await send([createWidget], { method: 'HEAD' })).status).toBe(405);
  });

  it('HEAD is GET without a body, OPTIONS tells what is possible', async () => {
    const head = await send(both, { method: 'HEAD' });
    expect([head.status, head.body]).toEqual([200, undefined]);
    expect(head.response.headers.get('content-type')).toBe('application/json');
    const options = await send(both, { method: 'OPTIONS', key: null });
    expect(options.status).toBe(204);
    expect(options.response.headers.get('allow')).toBe('POST, GET, HEAD, OPTIONS');
    expect(options.response.headers.get('access-control-allow-headers')).toContain('Authorization');
  });

  it('413 by the declared length, and while streaming without one', async () => {
    const long = json({ name: 'a', size: 1, extra: { text: 'x'.repeat(1_000) } });
    const declared = await send(both, { body: 'x', headers: { 'content-length': '5000' } });
    expect([declared.status, declared.body.error.code]).toEqual([413, 'body_too_large']);
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new TextEncoder().encode(long));
      },
    });
    const streamed = await send(both, { body: endless });
    expect(streamed.status).toBe(413);
    expect(pulled).toBeLessThan(10);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
    '415 for %s',
    async (type) => {
      const headers = { 'content-type': type };
      const { status, body } = await send(both, { body: json({ name: 'a', size: 1 }), headers });
      expect([status, body.error.code]).toEqual([415, 'unsupported_media_type']);
    },
  );

  it('415 for a compressed body, which nothing here would unpack', async () => {
    const headers = { 'content-encoding': 'gzip' };
    const { status, body } = await send(both, { body: json({ name: 'a', size: 1 }), headers });
    expect([status, body.error.code]).toEqual([415, 'unsupported_media_type']);
  });

  it('takes application/json with a charset', async () => {
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' };
    expect((await send(both, { body: json({ name: 'a', size: 1 }), headers })).status).toBe(201);
  });

  it('429 with Retry-After once the allowance is spent', async () => {
    const door = doorWith(1);
    const first = await send(both, { method: 'GET' }, door);
    expect(first.status).toBe(200);
    const { response, status, body } = await send(both, { method: 'GET' }, door);
    expect([status, body.error.type]).toEqual([429, 'rate_limit_exceeded']);
    expect(response.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect(response.headers.get('ratelimit-remaining')).toBe('0');
  });
});
