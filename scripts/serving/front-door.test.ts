import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bodyBytesMax } from './body-limit.mjs';
import { readTrustedProxies } from './client-address.mjs';
import { createFrontDoor } from './front-door.mjs';
import { readServedHosts } from './served-hosts.mjs';

/** Requests that reached the app behind the door. */
let seen: { url: string | undefined; headers: IncomingMessage['headers']; bytes: number }[] = [];
/** Body bytes the app received, counted even if a body never ends. */
let bytesGiven = 0;

async function app(request: IncomingMessage, response: ServerResponse) {
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    bytesGiven += (chunk as Buffer).length;
  }
  seen.push({ url: request.url, headers: request.headers, bytes });
  response.setHeader('Content-Type', 'application/json');
  response.end('{"ok":true}');
}

const servers: Server[] = [];
async function open(env: Record<string, string>, requestTimeoutMs?: number): Promise<number> {
  const server = createFrontDoor(
    {
      servedHosts: readServedHosts(env),
      trustedProxies: readTrustedProxies(env.TRUSTED_PROXIES),
      ...(requestTimeoutMs ? { requestTimeoutMs } : {}),
    },
    (request, response) => void app(request, response).catch(() => undefined),
    (_request, socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
  );
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

let port: number;
beforeAll(async () => {
  port = await open({
    PUBLIC_URL: 'https://rail.example.com',
    ALLOWED_HOSTS: 'caddy, Other.Example:81',
  });
});
beforeEach(() => {
  seen = [];
  bytesGiven = 0;
});
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

interface Answer {
  status: number;
  head: string;
  body: { ok?: true; error?: { type: string; code: string; message: string; doc_url: string } };
}

/** Sends raw bytes, so that no client normalizes them, and reads the first response. */
async function raw(text: string, to = port): Promise<Answer> {
  const socket = connect(to, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(text);
  let received = '';
  for await (const chunk of socket) {
    received += String(chunk);
    const split = received.indexOf('\r\n\r\n');
    const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
    const isChunked = /transfer-encoding: chunked/i.test(received);
    if (
      isChunked
        ? received.endsWith('0\r\n\r\n')
        : split > 0 && received.length >= split + 4 + length
    ) {
      break;
    }
  }
  socket.destroy();
  const head = received.slice(0, received.indexOf('\r\n\r\n'));
  const json = /\{.*\}/s.exec(received.slice(head.length))?.[0] ?? '{}';
  return { status: Number(head.split(' ')[1]), head, body: JSON.parse(json) };
}

const get = (target: string, headers: string[]) =>
  raw(`GET ${target} HTTP/1.1\r\n${headers.map((header) => `${header}\r\n`).join('')}\r\n`);

describe('a host that is not served gets 421 on every path, so that no foreign page counts as ours', () => {
  const paths = ['/', '/v1/tasks', '/mailbox', '/api/trpc/x', '/api/auth/session', '/api/inngest'];
  it.each([...paths, '/healthz', '/metrics', '/_next/static/x.js'])('%s', async (path) => {
    const { status, head, body } = await get(path, ['Host: rebound.evil.example']);
    expect([status, body.error?.type, body.error?.code]).toEqual([
      421,
      'validation_error',
      'host_not_served',
    ]);
    expect(body.error?.message).toContain('rebound.evil.example');
    expect(head).toMatch(/^x-request-id: req_/im);
    expect(seen).toEqual([]);
  });

  it.each([
    'localhost.evil.example',
    'evil-localhost',
    'localhost:3000.evil.example',
    'localhost@evil.example',
    'rail.example.com.evil.example',
    'evil.rail.example.com',
    '0.0.0.0',
    '192.168.1.5',
    '128.0.0.1',
    '127.1',
    '[::]',
    '[::ffff:10.0.0.1]',
    '[::1',
    'localhost/x',
    '',
  ])('%j is not served', async (host) => {
    expect((await get('/', [`Host: ${host}`])).status).toBe(421);
    expect(seen).toEqual([]);
  });

  it('nor is a request without a host', async () => {
    expect((await raw('GET / HTTP/1.0\r\n\r\n')).status).toBe(421);
    expect((await raw('GET / HTTP/1.1\r\n\r\n')).status).toBe(421);
  });

  it('nor an upgrade to a WebSocket', async () => {
    const upgrade = ['Upgrade: websocket', 'Connection: Upgrade'];
    expect((await get('/_next/hmr', ['Host: evil.example', ...upgrade])).status).toBe(421);
    expect((await get('/_next/hmr', ['Host: localhost', ...upgrade])).status).toBe(101);
  });

  it('nor two hosts at once', async () => {
    const { status, body } = await get('/', ['Host: localhost', 'Host: evil.example']);
    expect([status, body.error?.code]).toEqual([400, 'malformed_request']);
  });
});

it.each([
  'localhost',
  'LOCALHOST:4000',
  'app.localhost',
  'localhost.',
  '127.0.0.1:1',
  '127.8.9.10',
  '[::1]:3000',
  '[::ffff:127.0.0.1]',
  'rail.example.com',
  'Rail.Example.COM:8443',
  'caddy:3000',
  'other.example',
])('%s is served', async (host) => {
  const { status, head } = await get('/x', [`Host: ${host}`]);
  expect(status).toBe(200);
  expect(head).toMatch(/^x-content-type-options: nosniff$/im);
});

describe('the target of a request', () => {
  it('may be a whole URL: its host counts, and it is never redirected', async () => {
    expect((await get('http://localhost:3000//v1/tasks?a=1', ['Host: evil.example'])).status).toBe(
      200,
    );
    expect(seen).toMatchObject([{ url: '/v1/tasks?a=1', headers: { host: 'localhost:3000' } }]);
    expect((await get('http://evil.example/v1/tasks', ['Host: localhost'])).status).toBe(421);
    expect((await get('http://localhost@evil.example/', ['Host: localhost'])).status).toBe(421);
  });

  it('is refused where it is something else', async () => {
    expect((await raw('OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n')).status).toBe(204);
    expect((await raw('CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n')).status).toBe(
      405,
    );
    expect((await raw('PROPFIND / HTTP/1.1\r\nHost: localhost\r\n\r\n')).body.error?.code).toBe(
      'method_not_allowed',
    );
    expect((await raw('GET x HTTP/1.1\r\nHost: localhost\r\n\r\n')).status).toBe(400);
  });
});

describe('a body over the limit gets 413 before the app has kept any of it', () => {
  const limits: [string, number][] = [
    ['/sign-in', 1],
    ['/mailbox', 1],
    ['/api/auth/callback/credentials', 1],
    ['/inbox/x', 1],
    ['/v0/tasks', 1],
    ['/api/trpc/tasks.list?batch=1', 2],
    ['/api/inngest', 4],
  ];
  const start = (path: string, header: string) =>
    `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${header}\r\n\r\n`;

  it.each(limits)('%s: %i MiB by the declared length', async (path, mib) => {
    const over = await raw(start(path, `Content-Length: ${mib * 1024 * 1024 + 1}`));
    expect([over.status, over.body.error?.code]).toEqual([413, 'body_too_large']);
    expect(bytesGiven).toBe(0);
    const size = mib * 1024 * 1024;
    const fits = await raw(start(path, `Content-Length: ${size}`) + 'x'.repeat(size));
    expect([fits.status, seen.at(-1)?.bytes]).toEqual([200, size]);
  });

  it.each([...limits, ['/v1/tasks', 1] as [string, number]])(
    '%s: %i MiB without a length',
    async (path, mib) => {
      const piece = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
      const full = start(path, 'Transfer-Encoding: chunked') + piece.repeat(mib * 16);
      const over = await raw(`${full}1\r\nx\r\n`);
      expect([over.status, over.body.error?.code]).toEqual([413, 'body_too_large']);
      expect(bytesGiven).toBe(0);
      const fits = await raw(`${full}0\r\n\r\n`);
      expect([fits.status, seen.at(-1)?.bytes]).toEqual([200, mib * 1024 * 1024]);
    },
  );

  it('and a client that waits for leave to send is answered without its body', async () => {
    const header = 'Expect: 100-continue\r\nContent-Length: ';
    expect((await raw(start('/sign-in', `${header}9999999`))).status).toBe(413);
    expect((await raw(start('/sign-in', `${header}5`))).status).toBe(100);
  });

  it('a path’s limit is that of its whole segment', () => {
    const mib = 1024 * 1024;
    expect(bodyBytesMax('/api/trpcx')).toBe(mib);
    expect(bodyBytesMax('/api/inngest?fnId=x')).toBe(4 * mib);
  });
});

it.each(['Content-Length: 100\r\n\r\nslow', 'Transfer-Encoding: chunked\r\n\r\n4\r\nslow\r\n'])(
  'a body that does not arrive in time gets 408, with %j',
  async (rest) => {
    const patient = await open({}, 100);
    const answer = await raw(`POST /v1/tasks HTTP/1.1\r\nHost: localhost\r\n${rest}`, patient);
    expect([answer.status, answer.body.error?.code]).toEqual([408, 'request_timeout']);
  },
);

describe('what a client claims about itself', () => {
  const claims = [
    'Host: localhost',
    'X-Forwarded-For: 1.1.1.1, 203.0.113.9',
    'X-Forwarded-Host: rail.example.com',
    'X-Forwarded-Proto: https',
  ];

  it('does not reach the app', async () => {
    await get('/', claims);
    const headers = seen[0]?.headers ?? {};
    expect(headers['x-forwarded-for']).toBe('127.0.0.1');
    expect(headers).not.toHaveProperty('x-forwarded-host');
    expect(headers).not.toHaveProperty('x-forwarded-proto');
    expect(headers.host).toBe('localhost');
  });

  it('counts from a trusted proxy, whose own host must be served as well', async () => {
    const behind = await open({
      PUBLIC_URL: 'https://rail.example.com',
      TRUSTED_PROXIES: 'loopback',
    });
    const send = (lines: string[]) =>
      raw(`GET / HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`, behind);
    await send(claims);
    expect(seen[0]?.headers).toMatchObject({
      host: 'rail.example.com',
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'https',
    });
    expect((await send(['Host: evil.example', ...claims.slice(1)])).status).toBe(421);
    expect((await send(['Host: localhost', 'X-Forwarded-Host: evil.example'])).status).toBe(421);
  });
});

it.each(['*', '*.example.com', 'http://rail.example.com', 'a b', '[::x]'])(
  'ALLOWED_HOSTS=%s is refused in words',
  (text) => {
    expect(() => readServedHosts({ ALLOWED_HOSTS: text })).toThrow(
      /ALLOWED_HOSTS: ".*" is no host/,
    );
  },
);

it('an address that is listened on by name is served', async () => {
  expect([...readServedHosts({ HOSTS: '192.168.1.5,::,0.0.0.0,2001:db8::1' })]).toEqual([
    '192.168.1.5',
    '2001:db8::1',
  ]);
});
