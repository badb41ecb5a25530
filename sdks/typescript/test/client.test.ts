import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import {
  ConnectionError,
  HumanRail,
  HumanRailError,
  idempotencyKey,
  TimeoutError,
  VERSION,
} from '../src/index.js';
import { ApiServer, json } from './api-server.js';

const server = new ApiServer();
beforeAll(() => server.start());
afterAll(() => server.stop());
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('settings', () => {
  it('come from the environment where they are not given', async () => {
    vi.stubEnv('HUMANRAIL_API_KEY', 'ek_test_env');
    vi.stubEnv('HUMANRAIL_BASE_URL', `${server.origin}/v1/`);
    server.answerWith(json(200, { available_sats: 5 }));
    const client = new HumanRail();
    expect(await client.balance.get()).toEqual({ availableSats: 5 });
    expect(server.requests[0]).toMatchObject({
      path: '/v1/balance',
      headers: { authorization: 'Bearer ek_test_env' },
    });
  });

  it.each(['ek_live_...', 'ek_test_...'])(
    'the key of the documentation, %s, stands for that of the environment',
    async (apiKey) => {
      vi.stubEnv('HUMANRAIL_API_KEY', 'ek_test_env');
      server.answerWith(json(200, {}));
      await new HumanRail({ apiKey, baseUrl: server.origin }).balance.get();
      expect(server.requests[0]?.headers.authorization).toBe('Bearer ek_test_env');
    },
  );

  it('a given key wins over the environment', async () => {
    vi.stubEnv('HUMANRAIL_API_KEY', 'ek_test_env');
    server.answerWith(json(200, {}));
    await server.client({ apiKey: 'ek_test_given' }).balance.get();
    expect(server.requests[0]?.headers.authorization).toBe('Bearer ek_test_given');
  });

  it('without a key, or with what is no key, it is said what to do', () => {
    vi.stubEnv('HUMANRAIL_API_KEY', '');
    expect(() => new HumanRail()).toThrow(/HUMANRAIL_API_KEY/);
    expect(() => new HumanRail({ apiKey: '' })).toThrow(/HUMANRAIL_API_KEY/);
    expect(() => new HumanRail({ apiKey: 'ek_live_...' })).toThrow(/Replace 'ek_live_...'/);
    expect(() => new HumanRail({ apiKey: 'ek_live_\nx' })).toThrow(/copy it again/);
  });

  it.each([
    ['http://localhost:3000', 'http://localhost:3000/v1'],
    ['http://localhost:3000/', 'http://localhost:3000/v1'],
    ['http://localhost:3000/v1//', 'http://localhost:3000/v1'],
    ['https://proxy.example/human/v1', 'https://proxy.example/human/v1'],
  ])('the base URL %s is read as %s', (baseUrl, expected) => {
    expect(new HumanRail({ apiKey: 'ek_test_x', baseUrl }).baseUrl).toBe(expected);
  });

  it.each([
    { baseUrl: 'localhost' },
    { baseUrl: 'ftp://x' },
    { maxRetries: -1 },
    { timeoutMs: 0.5 },
  ])('%o is refused', (options) => {
    expect(() => new HumanRail({ apiKey: 'ek_test_x', ...options })).toThrow(HumanRailError);
  });

  it('a client that is printed or serialised does not show its key', () => {
    const client = server.client({ apiKey: 'ek_live_secret' });
    expect(inspect(client, { depth: 10, showHidden: true })).not.toContain('ek_live_secret');
    expect(JSON.stringify(client)).not.toContain('ek_live_secret');
  });

  it('the version is that of the package', () => {
    expect(VERSION).toBe(packageJson.version);
  });
});

describe('idempotency keys', () => {
  it('are new for each call, and begin with the namespace', async () => {
    server.answerWith(json(201, {}));
    const client = server.client({ idempotencyNamespace: 'shop' });
    await client.tasks.create({ type: 't', payload: {} });
    await client.tasks.create({ type: 't', payload: {} });
    const [first, second] = server.requests.map((request) => request.headers['idempotency-key']);
    expect(first).toMatch(/^shop:[0-9a-f-]{36}$/);
    expect(second).not.toBe(first);
    expect(client.idempotencyKey('a', 'b')).toBe(idempotencyKey('shop', 'a', 'b'));
    expect(() => server.client().idempotencyKey('a')).toThrow(/idempotencyNamespace/);
  });

  it('one that no header can hold is refused with a sentence', async () => {
    const call = server.client().webhooks.rotate('1', { idempotencyKey: 'ключ' });
    await expect(call).rejects.toThrow(/printable ASCII/);
  });
});

describe('what can go wrong on the way', () => {
  it('no server: ConnectionError that names the address', async () => {
    const client = new HumanRail({
      apiKey: 'ek_test_x',
      baseUrl: 'http://127.0.0.1:1/v1',
      maxRetries: 0,
    });
    const error = await client.balance.get().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConnectionError);
    expect((error as Error).message).toContain('http://127.0.0.1:1/v1/balance');
  });

  it('no answer in time: TimeoutError', async () => {
    server.answerWith(() => undefined);
    const call = server.client({ timeoutMs: 50, maxRetries: 0 }).balance.get();
    await expect(call).rejects.toBeInstanceOf(TimeoutError);
  });

  it('a body that stops half-way: TimeoutError too, not a call that never ends', async () => {
    server.answerWith((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"available_');
    });
    const call = server.client({ timeoutMs: 50, maxRetries: 0 }).balance.get();
    await expect(call).rejects.toBeInstanceOf(TimeoutError);
  });

  it('the caller aborts: its own reason, and no retry', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    // Once the request has arrived, however long that takes.
    server.answerWith(() => abort.abort(reason));
    const call = server.client().balance.get({ signal: abort.signal });
    await expect(call).rejects.toBe(reason);
    await expect(server.client().balance.get({ signal: abort.signal })).rejects.toBe(reason);
    expect(server.requests).toHaveLength(1);
  });

  it('a redirect is not followed: the key would go where nobody meant it to', async () => {
    server.answerWith(json(301, {}, { location: 'https://elsewhere.example/' }));
    const call = server.client().balance.get();
    await expect(call).rejects.toThrow(/elsewhere\.example.*base URL/);
    expect(server.requests).toHaveLength(1);
  });

  it('a page instead of JSON: the base URL is suspected', async () => {
    server.answerWith(json(200, '<html>', { 'content-type': 'text/html' }));
    await expect(server.client().balance.get()).rejects.toThrow(/text\/html.*base URL/);
  });

  it('a page of another server with a status of its own: the base URL is suspected too', async () => {
    server.answerWith(json(404, '<html>', { 'content-type': 'text/html' }));
    const call = server.client({ baseUrl: `${server.origin}/api` }).balance.get();
    await expect(call).rejects.toThrow(/\/api\/balance was answered with 404 and text\/html.*\/v1/);
    await expect(call).rejects.toMatchObject({ name: 'NotFoundError', status: 404 });
  });

  it.each(['', '.', '..'])('the id %j is refused before anything is sent', async (id) => {
    server.answerWith(json(200, {}));
    await expect(server.client().tasks.get(id)).rejects.toThrow(/An id is needed/);
    expect(server.requests).toHaveLength(0);
  });
});

describe('lists', () => {
  const page = (ids: string[], next: string | null) =>
    json(200, { data: ids.map((id) => ({ id })), has_more: next !== null, next_cursor: next });

  it('for await goes through all pages, keeping the filters', async () => {
    server.answerWith(page(['1', '2'], 'c1'), page(['3'], 'c2'), page([], null));
    const ids: string[] = [];
    for await (const task of server.client().tasks.list({ status: 'verified' })) ids.push(task.id);
    expect(ids).toEqual(['1', '2', '3']);
    expect(server.requests.map((request) => request.query)).toEqual([
      { status: 'verified' },
      { status: 'verified', after: 'c1' },
      { status: 'verified', after: 'c2' },
    ]);
  });

  it('a page is read only when it is needed', async () => {
    server.answerWith(page(['1', '2'], 'c1'), page(['3'], null));
    for await (const task of server.client().tasks.list()) if (task.id === '2') break;
    expect(server.requests).toHaveLength(1);
  });

  it('await gives one page, which leads to the next', async () => {
    server.answerWith(page(['1'], 'c1'), page(['2'], null));
    const first = await server.client().tasks.list();
    expect(first).toMatchObject({ data: [{ id: '1' }], hasMore: true, nextCursor: 'c1' });
    const second = await first.getNextPage();
    expect(second).toMatchObject({ data: [{ id: '2' }], hasMore: false, nextCursor: null });
    expect(second?.hasNextPage()).toBe(false);
    expect(await second?.getNextPage()).toBeNull();
  });

  it('a failure rejects the await and the iteration', async () => {
    server.answerWith(json(404, { error: { message: 'No.' } }));
    await expect(server.client().webhooks.deliveries('1')).rejects.toThrow('No.');
  });
});
