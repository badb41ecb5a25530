import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import type { Mode } from '../actor';
import { type AddressPolicy, addressFault, addressPolicy } from './address-policy';
import { BlockedAddress, OutboundFailure } from './outbound-failure';
import { bareHost, hostFault } from './public-url';

export const CONNECT_MS_MAX = 5_000;
export const TOTAL_MS_MAX = 15_000;
/** Bytes of a response's body to keep. */
export const BODY_BYTES_KEPT = 2_048;

export interface OutboundRequest {
  url: string;
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  body?: string;
  /** From the first look-up to the last byte, in milliseconds; defaults to 15 s. */
  timeoutMs?: number;
  /** Bytes of the response's body to keep; defaults to 2,048. The rest is not read. */
  bodyBytesMax?: number;
}

export interface OutboundResponse {
  status: number;
  /** Names in lower case; repeated headers are joined with commas. */
  headers: Record<string, string>;
  bodyText: string;
  durationMs: number;
}

/** Resolves a name to all its addresses. */
export type Resolve = (host: string) => Promise<LookupAddress[]>;

export const resolveByDns: Resolve = (host) =>
  new Promise((resolve, reject) => {
    dnsLookup(host, { all: true, verbatim: true }, (error, addresses) =>
      error ? reject(error) : resolve(addresses),
    );
  });

/**
 * A look-up that rejects a name if any of its addresses is blocked. The socket connects to exactly
 * the addresses returned here, which prevents DNS rebinding.
 */
function checkedLookup(policy: AddressPolicy, resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    const found = async () => {
      const addresses = await resolve(hostname);
      for (const { address } of addresses) {
        const fault = addressFault(address, policy);
        if (fault) throw new BlockedAddress(hostname, address, fault);
      }
      return addresses;
    };
    found().then(
      (addresses) => {
        const [first] = addresses;
        if (options.all) callback(null, addresses);
        else callback(null, first?.address ?? '', first?.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
}

/** An agent that checks every connection; connections are not reused. */
export function guardedAgent(policy: AddressPolicy, resolve: Resolve, ca?: string): Agent {
  const connect = buildConnector({
    ...(ca ? { ca } : {}),
    timeout: CONNECT_MS_MAX,
    lookup: checkedLookup(policy, resolve),
    autoSelectFamily: true,
  } as buildConnector.BuildOptions);
  return new Agent({
    pipelining: 0,
    connect: (options, callback) => {
      // Literal addresses are never looked up, so they are checked here.
      const host = bareHost(options.hostname);
      const fault = hostFault(host, policy);
      if (fault) callback(new BlockedAddress(host, host, fault), null);
      else connect(options, callback);
    },
  });
}

export function flatten(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

/** The first bytes of a body, up to `bytesMax` or until `signal` is aborted. */
async function readStart(body: Dispatcher.ResponseData['body'], bytesMax: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      const buffer = Buffer.from(chunk);
      chunks.push(buffer);
      bytes += buffer.length;
      if (bytes >= bytesMax) break;
    }
  } catch {
    // The status is what matters; a truncated body is kept.
  }
  // A character cut at the end would become a replacement character.
  const text = new TextDecoder('utf-8').decode(Buffer.concat(chunks).subarray(0, bytesMax), {
    stream: true,
  });
  // Postgres cannot store U+0000 in text.
  return text.replaceAll('\u0000', '');
}

export type Outbound = (request: OutboundRequest) => Promise<OutboundResponse>;

/**
 * A sender for one policy. Redirects are not followed but returned.
 * @param ca the CA certificate to trust instead of the public ones, in PEM.
 */
export function createOutbound(
  policy: AddressPolicy,
  resolve: Resolve = resolveByDns,
  ca?: string,
): Outbound {
  const agent = guardedAgent(policy, resolve, ca);
  return async (request) => {
    const start = performance.now();
    const durationMs = () => Math.round(performance.now() - start);
    try {
      const response = await agent.request({
        origin: new URL(request.url).origin,
        path: pathOf(request.url),
        method: request.method ?? 'POST',
        headers: request.headers ?? {},
        body: request.body ?? null,
        signal: AbortSignal.timeout(request.timeoutMs ?? TOTAL_MS_MAX),
      });
      const bodyText = await readStart(response.body, request.bodyBytesMax ?? BODY_BYTES_KEPT);
      return {
        status: response.statusCode,
        headers: flatten(response.headers),
        bodyText,
        durationMs: durationMs(),
      };
    } catch (error) {
      throw OutboundFailure.from(error, durationMs());
    }
  };
}

export function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

const outbounds = new Map<string, Outbound>();

/**
 * Sends one request to a customer's URL.
 * @param options.mode determines the allowed addresses, see `addressPolicy`.
 * @throws OutboundFailure without a response; error responses are returned.
 */
export function outboundRequest(
  request: OutboundRequest & { mode: Mode },
): Promise<OutboundResponse> {
  const policy = addressPolicy(request.mode);
  const key = `${policy.loopback}:${policy.private}`;
  const outbound = outbounds.get(key) ?? createOutbound(policy);
  outbounds.set(key, outbound);
  return outbound(request);
}

/**
 * A sender for a URL configured by an operator, such as a Lightning node, which may be on this
 * machine or in a private network.
 * @param ca the CA certificate to trust instead of the public ones, in PEM.
 */
export function operatorOutbound(ca?: string): Outbound {
  return createOutbound({ loopback: true, private: true }, resolveByDns, ca);
}

/** Posts a JSON text unchanged, so that its signature stays valid. */
export function postJson(
  request: Omit<OutboundRequest, 'method'> & { mode: Mode; body: string },
): Promise<OutboundResponse> {
  const headers = { 'content-type': 'application/json', ...request.headers };
  return outboundRequest({ ...request, method: 'POST', headers });
}
