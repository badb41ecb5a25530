import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Inngest } from 'inngest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { canonicalOf, isSignatureOf, signText } from '@/server/platform/engine-signature';
import { createJobsDoor, type JobsDoor } from './jobs-door';
import { registerJobs } from './register-jobs';

const KEYS = {
  eventKey: 'event-key',
  signingKey: 'signkey-test-0123456789abcdef0123456789abcdef',
};
const ADDRESS = 'http://127.0.0.1:3000/api/inngest';
const CALL = `${ADDRESS}?fnId=app-f&stepId=step`;
const body = JSON.stringify({
  version: -1,
  ctx: { run_id: 'r', attempt: 0, stack: { stack: [], current: 0 } },
  event: { name: 'go', data: { n: 1 } },
  events: [{ name: 'go', data: { n: 1 } }],
  steps: {},
});

const silent = { info() {}, warn() {}, error() {}, debug() {} };
let engine: Server;
let registrations: { body: { url: string; functions: { steps: object }[] }; key?: string }[] = [];
let ran: unknown[] = [];

beforeAll(async () => {
  engine = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      registrations.push({ body: JSON.parse(text), key: request.headers.authorization });
      response.end('{"ok":true,"modified":true,"status":200}');
    });
  });
  await new Promise<void>((resolve) => engine.listen(0, '127.0.0.1', resolve));
});
afterAll(() => engine.close());
beforeEach(() => {
  registrations = [];
  ran = [];
});

function makeDoor(isDev = false): { client: Inngest; door: JobsDoor } {
  const client = new Inngest({
    id: 'app',
    logger: silent,
    internalLogger: silent,
    baseUrl: `http://127.0.0.1:${(engine.address() as AddressInfo).port}`,
    isDev,
    ...(isDev ? {} : KEYS),
  });
  const f = client.createFunction({ id: 'f', triggers: [{ event: 'go' }] }, ({ event }) => {
    ran.push(event.data);
    throw new Error('broken inside');
  });
  return { client, door: createJobsDoor({ client, jobs: [f], origin: 'https://app.example' }) };
}

const request = (method: string, url: string, headers: object = {}, text?: string) =>
  new Request(url, {
    method,
    headers: { host: '127.0.0.1:3000', ...headers },
    ...(text === undefined ? {} : { body: text }),
  });
const signature = (text: string, key = KEYS.signingKey, nowMs = Date.now()) => ({
  'x-inngest-signature': signText(canonicalOf(text) ?? text, key, nowMs),
});

describe('a call that is not signed', () => {
  const bodies: [string, Request][] = [
    ['POST', request('POST', CALL, { 'content-type': 'application/json' }, body)],
    [
      'POST of a web page',
      request('POST', CALL, { 'content-type': 'text/plain', origin: 'https://evil.example' }, body),
    ],
    ['POST of what is not JSON', request('POST', CALL, {}, '{{{')],
    ['POST without a body', request('POST', CALL)],
    ['POST of a probe', request('POST', `${ADDRESS}?probe=trust`, {}, '{}')],
    ['PUT', request('PUT', ADDRESS)],
    ['PUT for another host', request('PUT', ADDRESS, { host: 'evil.example' })],
    ['PUT in band', request('PUT', ADDRESS, { 'x-inngest-sync-kind': 'in_band' }, `{"url":"x"}`)],
    ['GET', request('GET', ADDRESS)],
    ['POST under another key', request('POST', CALL, signature(body, 'signkey-test-00'), body)],
    ['POST of another body', request('POST', CALL, signature('{}'), body)],
    [
      'POST of an hour ago',
      request('POST', CALL, signature(body, undefined, Date.now() - 3_600_000), body),
    ],
    ['POST with half a signature', request('POST', CALL, { 'x-inngest-signature': 't=1' }, body)],
  ];

  it.each(bodies)(
    '%s: is answered 401, runs and registers nothing, tells nothing',
    async (_, call) => {
      const { door } = makeDoor();
      const answer = await door[call.method as keyof JobsDoor](call);
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ error: { code: 'unsigned_call' } });
      expect([...answer.headers.keys()].filter((name) => name.startsWith('x-inngest'))).toEqual([]);
      expect(ran).toEqual([]);
      expect(registrations).toEqual([]);
    },
  );

  it('is refused without reading its body', async () => {
    const { door } = makeDoor();
    let pulled = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const init = { method: 'POST', body: endless, duplex: 'half' } as RequestInit;
    expect((await door.POST(new Request(CALL, init))).status).toBe(401);
    const signed = {
      ...init,
      headers: { 'x-inngest-signature': signText('', KEYS.signingKey, 0) },
    };
    expect(pulled).toBeLessThan(3);
    expect((await door.POST(new Request(CALL, { ...signed, body: endless }))).status).toBe(413);
  });
});

describe('a signed call', () => {
  it('runs the job, and the answer is signed too', async () => {
    const { door } = makeDoor();
    const answer = await door.POST(request('POST', CALL, signature(body), body));
    const text = await answer.text();
    expect(ran).toEqual([{ n: 1 }]);
    expect(text).toContain('broken inside');
    const signed = answer.headers.get('x-inngest-signature');
    expect(isSignatureOf(text, signed, KEYS.signingKey, Date.now())).toBe(true);
  });

  it('registers at the configured address, whatever host the request names', async () => {
    const { client, door } = makeDoor();
    const hosts = { host: 'evil.example', 'x-forwarded-host': 'evil.example' };
    const put = request('PUT', 'http://evil.example/other', { ...hosts, ...signature('') });
    expect((await door.PUT(put)).status).toBe(200);
    await registerJobs(client, door);
    expect(registrations).toHaveLength(2);
    for (const { body: sent, key } of registrations) {
      expect(key).toMatch(/^Bearer signkey-test-[0-9a-f]{64}$/);
      expect(JSON.stringify(sent)).not.toContain('evil.example');
      expect(sent.url).toBe('https://app.example/api/inngest');
      expect(JSON.stringify(sent.functions)).toContain(
        'https://app.example/api/inngest?fnId=app-f',
      );
    }
  });
});

describe('with a dev server, which signs nothing', () => {
  it.each([
    ['a page of another origin', { origin: 'https://evil.example' }],
    ['a page that hides its origin', { 'sec-fetch-site': 'cross-site' }],
    ['a name that leads here', { host: 'evil.example' }],
  ])('refuses %s', async (_, headers) => {
    const { door } = makeDoor(true);
    const { host = '127.0.0.1:3000', ...others } = headers as Record<string, string>;
    const answer = await door.POST(request('POST', CALL, { ...others, host }, body));
    expect(answer.status).toBe(403);
    expect(ran).toEqual([]);
  });

  it('takes calls from this machine', async () => {
    const { client, door } = makeDoor(true);
    await door.POST(request('POST', CALL, {}, body));
    expect(ran).toEqual([{ n: 1 }]);
    await registerJobs(client, door);
    expect(registrations).toHaveLength(1);
  });
});
