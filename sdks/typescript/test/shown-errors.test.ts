import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConnectionError, HumanRail, HumanRailError } from '../src/index.js';
import type { ClientOptions } from '../src/settings.js';
import { type Answer, ApiServer, json, reset } from './api-server.js';

const apiKey = 'ek_live_0secret0secret0secret0secret0';
const html = json(200, '<html>', { 'content-type': 'text/html' });
const breaksOff: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(': hello\n\n', () => response.destroy());
};
const verified = (output: unknown) => json(201, { id: '1', status: 'verified', output });

/** What a program that dies of an error prints: this package's words and frames, nobody else's. */
describe('an error that is printed', () => {
  const server = new ApiServer();
  let closedPort = '';
  beforeAll(async () => {
    const closed = await new ApiServer().start();
    closedPort = new URL(closed.origin).port;
    await closed.stop();
    await server.start();
  });
  afterAll(() => server.stop());

  const client = (options: ClientOptions = {}) =>
    server.client({ apiKey, maxRetries: 0, ...options });

  async function shown(call: () => Promise<unknown>): Promise<HumanRailError> {
    const error = await call().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof HumanRailError)) throw error;
    expect(error).not.toHaveProperty('cause');
    const text = inspect(error, { depth: 9 });
    expect(text).not.toMatch(/undici|node:internal\/deps|node:net|node:tls|zod\/|\[cause\]/);
    expect(text).not.toContain(apiKey);
    return error;
  }

  it.each([
    ['refused', () => `http://127.0.0.1:${closedPort}/v1`, /ECONNREFUSED/],
    [
      'refused at each address of a name',
      () => `http://localhost:${closedPort}/v1`,
      /ECONNREFUSED/,
    ],
    ['no such name', () => 'http://humanrail.invalid/v1', /ENOTFOUND|EAI_AGAIN/],
    ['no TLS', () => `${server.origin.replace('http', 'https')}/v1`, /SSL|TLS|ssl|packet/],
  ])('%s', async (_, url, reason) => {
    server.answerWith(json(200, {}));
    const error = await shown(() => client({ baseUrl: url() }).balance.get());
    expect(error).toBeInstanceOf(ConnectionError);
    expect((error as ConnectionError).reason).toMatch(reason);
    expect(error.message).toBe(
      `No answer to GET ${url()}/balance: ${(error as ConnectionError).reason}.`,
    );
  });

  it.each([
    ['a page', html],
    ['a page of a proxy', json(502, '<html>')],
    ['a refusal', json(401, { error: { code: 'invalid_api_key', message: 'No such key.' } })],
    ['what is no gzip', json(200, 'text', { 'content-encoding': 'gzip' })],
    ['a connection that breaks', reset],
    ['silence', () => undefined],
  ])('%s', async (_, answer) => {
    server.answerWith(answer);
    await shown(() => client({ timeoutMs: 50 }).balance.get());
  });

  it.each([
    ['a page', html],
    ['a connection that breaks', reset],
    ['an answer that breaks off', breaksOff],
  ])('%s instead of a stream', async (_, answer) => {
    server.answerWith(answer);
    await shown(async () => {
      const events = client({ timeoutMs: 200 }).tasks.streamEvents('1', { maxReconnects: 0 });
      for await (const event of events) expect(event).toBeUndefined();
    });
  });

  it('an event id that no header can hold', async () => {
    const events = client().tasks.streamEvents('1', { lastEventId: 'ключ' });
    const error = await shown(async () => (await events.next()).value);
    expect(error.message).toMatch(/^lastEventId must be/);
  });

  it.each([
    ['an answer that does not fit', z.object({ ok: z.boolean() }), { ok: 'yes' }],
    [
      'a schema that fails',
      z.object({
        ok: z.string().transform(() => {
          throw new Error('Not today');
        }),
      }),
      { ok: 'yes' },
    ],
  ])('%s', async (_, returns, output) => {
    server.answerWith(verified(output));
    await shown(() => client().ask('Is it?', { returns }));
  });

  it('a schema that JSON Schema cannot say', async () => {
    await shown(() =>
      client().ask('Is it?', { returns: z.object({ at: z.map(z.any(), z.any()) }) }),
    );
  });

  it.each(['http://user:hush@host/v1', 'ftp://user:hush@host/v1', 'http://user:hush@a b/v1'])(
    'the base URL %s',
    (baseUrl) => {
      expect(() => new HumanRail({ apiKey, baseUrl })).toThrow(HumanRailError);
      expect(() => new HumanRail({ apiKey, baseUrl })).not.toThrow(/hush/);
    },
  );
});
