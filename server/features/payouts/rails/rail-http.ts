import type { z } from 'zod';
import { type Outbound, OutboundFailure, operatorOutbound } from '@/server/platform/outbound-http';

/** Size limit of a rail's response. */
const ANSWER_BYTES_MAX = 256 * 1024;

/** The rail did not report the outcome: it must be looked up. */
export class RailUnreachable extends Error {
  constructor(rail: string, reason: string) {
    super(`${rail} did not answer: ${reason}`);
    this.name = 'RailUnreachable';
  }
}

/** The rail rejected our credentials. Nothing was sent. */
export class RailForbidden extends Error {
  constructor(rail: string, status: number, hint = 'Check the key in its settings.') {
    super(`${rail} refused the credentials (HTTP ${status}). ${hint}`);
    this.name = 'RailForbidden';
  }
}

export interface RailAnswer {
  status: number;
  /** The body as JSON; null if it is not. */
  body: unknown;
  /** The raw body. */
  text: string;
}

interface Call {
  method?: 'GET' | 'POST' | 'PATCH';
  path: string;
  body?: object;
  timeoutMs?: number;
  headers?: Record<string, string>;
}

/** Calls one rail's API. Error responses are returned. */
export interface RailClient {
  /** @throws RailUnreachable, RailForbidden */
  call(request: Call): Promise<RailAnswer>;
}

/**
 * A client for an operator-configured API, which may be on this machine or in a private network,
 * like Lightning nodes; redirects are not followed, so that credentials are not leaked.
 * @param settings.ca the CA certificate to trust, in PEM, if it is the node's own.
 */
export function railClient(settings: {
  rail: string;
  url: string;
  headers: Record<string, string>;
  ca?: string;
}): RailClient {
  const { rail, url, headers, ca } = settings;
  const base = url.replace(/\/+$/, '');
  let outbound: Outbound | null = null;
  return {
    async call({ method = 'GET', path, body, timeoutMs, headers: more }) {
      outbound ??= operatorOutbound(ca);
      const answer = await outbound({
        url: base + path,
        method,
        headers: {
          accept: 'application/json',
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...headers,
          ...more,
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
        ...(timeoutMs ? { timeoutMs } : {}),
        bodyBytesMax: ANSWER_BYTES_MAX,
      }).catch((error: unknown) => {
        if (!(error instanceof OutboundFailure)) throw error;
        throw new RailUnreachable(rail, error.message);
      });
      if (answer.status === 401 || answer.status === 403)
        throw new RailForbidden(rail, answer.status);
      return { status: answer.status, body: parsed(answer.bodyText), text: answer.bodyText };
    },
  };
}

/**
 * Parses a response's body by its documented schema.
 * @throws RailUnreachable if it does not match, because the outcome is then unknown.
 */
export function read<T>(rail: string, schema: z.ZodType<T>, { status, body }: RailAnswer): T {
  const found = schema.safeParse(body);
  if (found.success) return found.data;
  throw new RailUnreachable(rail, `HTTP ${status} with an unexpected body.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
