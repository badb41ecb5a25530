import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { createGunzip, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readTrustedProxies } from '@/scripts/serving/client-address.mjs';
import { createFrontDoor } from '@/scripts/serving/front-door.mjs';
import { readServedHosts } from '@/scripts/serving/served-hosts.mjs';
import { pathTable, textResponse } from '@/server/transport/rest';
import { doorsInFront } from './node';
import { only } from './only';

const PAGE = 418;
let seen: { address: string | null; copied: string | null; body: string }[] = [];
let ended = 0;
let sendRest = () => {};
const rest = new Promise<void>((resolve) => {
  sendRest = resolve;
});

const table = pathTable([
  {
    path: '/api/echo',
    route: only({
      POST: async (request) => {
        const address = request.headers.get('x-forwarded-for');
        // Iterating recreates the headers, which must not restore the client's spoofed values.
        const copied = new Headers([...request.headers]).get('x-forwarded-for');
        const body = Buffer.from(await request.arrayBuffer()).toString('utf8');
        seen.push({ address, copied, body });
        return textResponse(body, 200, { 'Content-Type': 'application/json' });
      },
    }),
  },
  { path: '/api/unread', route: only({ POST: async () => new Response('no', { status: 403 }) }) },
  {
    path: '/api/long',
    route: only({
      GET: async () => Response.json({ text: 'x'.repeat(5_000) }),
    }),
  },
  {
    path: '/api/stream',
    route: only({
      GET: async () =>
        new Response(
          new ReadableStream({
            start: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
            cancel: () => {
              ended += 1;
            },
          }),
          { headers: { 'Content-Type': 'text/event-stream' } },
        ),
    }),
  },
  {
    path: '/api/cookies',
    route: only({
      GET: async () =>
        new Response(null, {
          headers: [
            ['Set-Cookie', 'a=1'],
            ['Set-Cookie', 'b=2'],
          ],
        }),
    }),
  },
  {
    path: '/api/parts',
    route: only({
      GET: async () =>
        new Response(
          new ReadableStream({
            start: async (controller) => {
              controller.enqueue(new TextEncoder().encode('{"first":1}\n'));
              await rest;
              controller.enqueue(new TextEncoder().encode('{"second":2}\n'));
              controller.close();
            },
          }),
          { headers: { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' } },
        ),
    }),
  },
  { path: '/api/broken', route: only({ GET: () => Promise.reject(new Error('a secret')) }) },
]);

let server: Server;
beforeAll(async () => {
  const answer = doorsInFront(table);
  server = createFrontDoor(
    { servedHosts: readServedHosts({}), trustedProxies: readTrustedProxies(undefined) },
    (request, response) => {
      if (!answer(request, response)) response.writeHead(PAGE).end();
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
beforeEach(() => {
  seen = [];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

function open(path: string, { method = 'GET', headers = {}, body }: Sent = {}) {
  const { port } = server.address() as AddressInfo;
  return new Promise<IncomingMessage>((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port, path, method, headers }, resolve);
    sent.once('error', reject);
    sent.end(body);
  });
}

async function send(path: string, sent: Sent = {}) {
  const answer = await open(path, sent);
  const chunks: Buffer[] = [];
  for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
  return { status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(chunks) };
}

describe('what stands in front of Next', () => {
  it('hands on the client address that the server found, however the headers are read', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    await send('/api/echo', { method: 'POST', headers, body: '"é"' });
    expect(seen).toEqual([{ address: '127.0.0.1', copied: '127.0.0.1', body: '"é"' }]);
  });

  it('leaves to Next what is not in the table', async () => {
    expect((await send('/dashboard')).status).toBe(PAGE);
    expect((await send('/api/echo/more')).status).toBe(PAGE);
  });

  it('answers HEAD without a body, and OPTIONS and other methods by what the path takes', async () => {
    const head = await send('/api/long', { method: 'HEAD' });
    expect([head.status, head.bytes.length]).toEqual([200, 0]);
    const options = await send('/api/echo', { method: 'OPTIONS' });
    expect([options.status, options.headers.allow]).toEqual([204, 'POST, OPTIONS']);
    const other = await send('/api/echo', { method: 'DELETE' });
    expect([other.status, other.headers.allow]).toEqual([405, 'POST, OPTIONS']);
    expect(JSON.parse(other.bytes.toString()).error.code).toBe('method_not_allowed');
  });

  it('compresses longer JSON for those who take it, and nothing else', async () => {
    const headers = { 'accept-encoding': 'br, gzip' };
    const zipped = await send('/api/long', { headers });
    expect(zipped.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(JSON.parse(gunzipSync(zipped.bytes).toString()).text).toHaveLength(5_000);
    for (const refused of ['', 'gzip;q=0']) {
      const plain = await send('/api/long', { headers: { 'accept-encoding': refused } });
      expect(plain.headers['content-encoding']).toBeUndefined();
      expect(JSON.parse(plain.bytes.toString()).text).toHaveLength(5_000);
    }
    const short = await send('/api/echo', { method: 'POST', headers, body: '{}' });
    expect([short.headers['content-encoding'], short.bytes.toString()]).toEqual([undefined, '{}']);
    expect(short.headers['content-length']).toBe('2');
  });

  it('sends a stream as it comes, and ends it once its reader is gone', async () => {
    const answer = await open('/api/stream', { headers: { 'accept-encoding': 'gzip' } });
    const [first] = (await once(answer, 'data')) as [Buffer];
    expect(String(first)).toBe('data: 1\n\n');
    answer.destroy();
    await expect.poll(() => ended).toBe(1);
  });

  it('sends each part of a JSON answer as it comes, compressed, and with one length at the most', async () => {
    const { port } = server.address() as AddressInfo;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { 'accept-encoding': 'gzip' };
      httpRequest({ port, path: '/api/parts', headers }, resolve).on('error', reject).end();
    });
    expect(answer.headers).toMatchObject({
      'transfer-encoding': 'chunked',
      'content-encoding': 'gzip',
    });
    expect(answer.headers['content-length']).toBeUndefined();
    const parts: string[] = [];
    await pipeline(answer, createGunzip(), async (text) => {
      for await (const part of text) {
        parts.push(String(part));
        sendRest();
      }
    });
    expect(parts).toEqual(['{"first":1}\n', '{"second":2}\n']);
  });

  it('keeps several cookies apart', async () => {
    expect((await send('/api/cookies')).headers['set-cookie']).toEqual(['a=1', 'b=2']);
  });

  it('answers a failure of ours with 500 in the API’s form, and tells nothing of it', async () => {
    const { status, bytes } = await send('/api/broken');
    expect([status, JSON.parse(bytes.toString()).error.code]).toEqual([500, 'internal_error']);
    expect(bytes.toString()).not.toContain('secret');
  });

  it('keeps the connection for the next request where a body was not read', async () => {
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    const body = 'x'.repeat(100_000);
    socket.write(
      `POST /api/unread HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    socket.write('GET /api/cookies HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    let received = '';
    for await (const chunk of socket) received += String(chunk);
    expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 403', 'HTTP/1.1 200']);
  });
});
