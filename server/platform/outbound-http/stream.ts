import type { Readable } from 'node:stream';
import type { Mode } from '../actor';
import { type AddressPolicy, addressPolicy } from './address-policy';
import { OutboundFailure } from './outbound-failure';
import { assertPublicUrl } from './public-url';
import { flatten, guardedAgent, pathOf, type Resolve, resolveByDns } from './request';

const REDIRECTS_MAX = 3;
/** Idle timeout, before and during the response. */
const SILENCE_MS_MAX = 10_000;

export interface StreamRequest {
  url: string;
  mode: Mode;
  headers?: Record<string, string>;
  /** Aborts the request, also during the body. */
  signal: AbortSignal;
}

export interface OutboundStream {
  status: number;
  /** Names in lower case; repeated headers are joined with commas. */
  headers: Record<string, string>;
  /** Must be read to its end, or destroyed. */
  body: Readable;
}

export type Streaming = (request: StreamRequest) => Promise<OutboundStream>;

/**
 * A reader of external files for one policy. Redirects are followed, because files often move; each
 * address is checked.
 */
export function createStreaming(
  policy: AddressPolicy,
  resolve: Resolve = resolveByDns,
  silenceMs = SILENCE_MS_MAX,
): Streaming {
  const agent = guardedAgent(policy, resolve);
  return async ({ url, mode, headers, signal }) => {
    const started = performance.now();
    let at = url;
    for (let hops = 0; ; hops += 1) {
      assertPublicUrl(at, { mode, allowPrivate: policy.loopback });
      try {
        const answer = await agent.request({
          origin: new URL(at).origin,
          path: pathOf(at),
          method: 'GET',
          headers: headers ?? {},
          headersTimeout: silenceMs,
          bodyTimeout: silenceMs,
          signal,
        });
        const { location } = flatten(answer.headers);
        const isRedirect = answer.statusCode >= 300 && answer.statusCode < 400 && location;
        if (!isRedirect || hops >= REDIRECTS_MAX) {
          return {
            status: answer.statusCode,
            headers: flatten(answer.headers),
            body: answer.body,
          };
        }
        answer.body.on('error', () => undefined).destroy();
        at = new URL(location, at).href;
      } catch (error) {
        throw OutboundFailure.from(error, Math.round(performance.now() - started));
      }
    }
  };
}

const streamings = new Map<string, Streaming>();

/**
 * Streams a file from a customer's URL.
 * @throws OutboundFailure without a response, InvalidRequest if an address is not public.
 */
export function outboundStream(
  request: StreamRequest & { allowPrivate: boolean },
): Promise<OutboundStream> {
  const policy = addressPolicy(request.mode, request.allowPrivate);
  const key = `${policy.loopback}:${policy.private}`;
  const streaming = streamings.get(key) ?? createStreaming(policy);
  streamings.set(key, streaming);
  return streaming(request);
}
