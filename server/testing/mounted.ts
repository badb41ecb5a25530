import { request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { readTrustedProxies } from '@/scripts/serving/client-address.mjs';
import { createFrontDoor } from '@/scripts/serving/front-door.mjs';
import { readServedHosts } from '@/scripts/serving/served-hosts.mjs';
import { doors } from '@/server/doors/next';
import { answerByDoor } from '@/server/doors/node';
import { findDoor } from '@/server/doors/table';
import type { Method } from '@/server/transport/rest';

/**
 * Sends a request to the doors as mounted: through Next's handlers or, with `TEST_MOUNT=node`, over
 * a socket through the launcher's server.
 * @throws Error if no door has the path, so that a test does not request a page from Next.
 */
export function ask(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (!findDoor(pathname)) throw new Error(`No door has a path that fits ${pathname}.`);
  return process.env.TEST_MOUNT === 'node'
    ? askBySocket(request)
    : doors[request.method as Method](request);
}

let listening: Promise<Server> | undefined;

/** One server per process; it does not keep a finished process alive. */
function serve(): Promise<Server> {
  listening ??= new Promise((resolve) => {
    const server = createFrontDoor(
      { servedHosts: readServedHosts({}), trustedProxies: readTrustedProxies('loopback') },
      (request, response) => {
        if (!answerByDoor(request, response)) response.writeHead(418).end();
      },
    );
    server.listen(0, '127.0.0.1', () => resolve(server.unref()));
  });
  return listening;
}

async function askBySocket(request: Request): Promise<Response> {
  const { port } = (await serve()).address() as AddressInfo;
  const { host, pathname, search } = new URL(request.url);
  const body = Buffer.from(await request.arrayBuffer());
  const headers = { host, ...Object.fromEntries(request.headers) };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = httpRequest(
      {
        ...{ host: '127.0.0.1', port, method: request.method, path: pathname + search },
        headers: body.length > 0 ? { ...headers, 'content-length': body.length } : headers,
        agent: false,
        signal: request.signal,
      },
      resolve,
    );
    sent.once('error', reject);
    sent.end(body);
  });
  return toResponse(answer);
}

function toResponse(answer: IncomingMessage): Response {
  const { statusCode: status = 0, headersDistinct } = answer;
  const headers = new Headers();
  for (const [name, values] of Object.entries(headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const isEmpty = status === 204 || status === 304;
  if (isEmpty) answer.resume();
  const body = isEmpty ? null : (Readable.toWeb(answer) as ReadableStream);
  return new Response(body, { status, headers });
}
