import { createServer } from 'node:http';
import { bodyBytesMax, declaresTooMuch, isChunked, readWhole } from './body-limit.mjs';
import { clientAddress, isFromProxy } from './client-address.mjs';
import {
  bodyTooLarge,
  hostNotServed,
  MALFORMED,
  METHODS,
  methodNotAllowed,
  refuse,
  refuseSocket,
  refuseUnreadable,
} from './refusals.mjs';
import { readTarget } from './request-target.mjs';
import { isServed } from './served-hosts.mjs';

/** @import { IncomingMessage, Server, ServerResponse } from 'node:http' */
/** @import { Duplex } from 'node:stream' */

/**
 * @typedef {object} DoorSettings
 * @property {Set<string>} servedHosts from `readServedHosts`
 * @property {ReturnType<typeof import('./client-address.mjs').readTrustedProxies>} trustedProxies
 * @property {number} [requestTimeoutMs] timeout for receiving a whole request
 */

const FORWARDED = ['x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'forwarded'];

/**
 * A server that passes to `handle` only requests that are well-formed, bounded, and for a served
 * host; it rejects all others itself. `handle` gets the client's address in `X-Forwarded-For`, as a
 * single address, and other `X-Forwarded-*` headers only from a trusted proxy.
 * @param {DoorSettings} settings
 * @param {(request: IncomingMessage, response: ServerResponse) => unknown} handle
 * @param {(request: IncomingMessage, socket: Duplex, head: Buffer) => unknown} [upgrade] takes
 * WebSockets; without it an upgrade is an ordinary request
 * @returns {Server}
 */
export function createFrontDoor(settings, handle, upgrade) {
  const requestTimeout = settings.requestTimeoutMs ?? 60_000;
  const server = createServer({
    requestTimeout,
    headersTimeout: Math.min(20_000, requestTimeout),
    connectionsCheckingInterval: Math.min(5_000, requestTimeout),
    // A proxy that receives an absolute URL need not repeat its host; for all others it is checked
    // below.
    requireHostHeader: false,
  });
  // Longer than a load balancer's, so that the app never closes first.
  server.keepAliveTimeout = 75_000;

  /** @param {IncomingMessage} request @param {ServerResponse} response */
  const receive = async (request, response) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    const refusal = admit(request, settings);
    if (refusal) return refuse(refusal, request, response);
    if (request.url === '*')
      return void response.writeHead(204, { Allow: METHODS.join(', ') }).end();
    if (declaresTooMuch(request)) {
      return refuse(bodyTooLarge(bodyBytesMax(request.url ?? '')), request, response);
    }
    if (request.headers.expect === '100-continue') response.writeContinue();
    if (!isChunked(request)) return handle(request, response);
    const whole = await readWhole(request);
    if (whole === 'gone') return response.destroy();
    if (whole === 'too_large') {
      return refuse(bodyTooLarge(bodyBytesMax(request.url ?? '')), request, response);
    }
    return handle(whole, response);
  };
  server.on('request', (request, response) => void receive(request, response));
  server.on('checkContinue', (request, response) => void receive(request, response));
  server.on('clientError', refuseUnreadable);
  server.on('connect', (request, socket) => refuseSocket(methodNotAllowed(request.method), socket));
  if (upgrade) {
    server.on('upgrade', (request, socket, head) => {
      const refusal = admit(request, settings);
      if (refusal) refuseSocket(refusal, socket);
      else upgrade(request, socket, head);
    });
  }
  return server;
}

/**
 * Checks the head of a request, and overrides headers that the client must not set.
 * @param {IncomingMessage} request
 * @param {DoorSettings} settings
 * @returns {import('./refusals.mjs').Refusal | null} why it is refused
 */
function admit(request, { servedHosts, trustedProxies }) {
  const { headers } = request;
  if (namesSeveralHosts(request)) return MALFORMED;
  const isServerWide = request.url === '*' && request.method === 'OPTIONS';
  const target = isServerWide ? { url: '*' } : readTarget(request.url);
  if (!target) return MALFORMED;
  request.url = target.url;
  if (target.host !== undefined) headers.host = target.host;
  if (!isServed(headers.host, servedHosts)) return hostNotServed(headers.host);

  const peer = request.socket.remoteAddress;
  if (isFromProxy(peer, trustedProxies)) {
    const forwarded = headers['x-forwarded-host'];
    if (forwarded !== undefined) {
      if (!isServed(String(forwarded), servedHosts)) return hostNotServed(String(forwarded));
      headers.host = String(forwarded);
    }
  } else {
    for (const name of FORWARDED) delete headers[name];
  }
  headers['x-forwarded-for'] = clientAddress(
    /** @type {string | undefined} */ (headers['x-forwarded-for']),
    peer,
    trustedProxies,
  );
  return METHODS.includes(request.method ?? '') ? null : methodNotAllowed(request.method);
}

/** Node keeps the first of several `Host` headers; a proxy in front may have used another. */
function namesSeveralHosts(/** @type {IncomingMessage} */ { rawHeaders }) {
  return rawHeaders.filter((text, i) => i % 2 === 0 && text.toLowerCase() === 'host').length > 1;
}
