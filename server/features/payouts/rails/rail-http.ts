import type { z } from 'zod';
import { type Outbound, OutboundFailure, operatorOutbound } from '@/server/platform/outbound-http';

/** A rail's answer is a payment or a list of none; more is not read. */
const ANSWER_BYTES_MAX = 256 * 1024;

/** The rail gave no answer that says what happened: look it up. */
export class RailUnreachable extends Error {
  constructor(rail: string, reason: string) {
    super(`${rail} did not answer: ${reason}`);
    this.name = 'RailUnreachable';
  }
}

/** The rail does not let us in: its settings are wrong. Nothing was sent. */
export class RailForbidden extends Error {
  constructor(rail: string, status: number, hint = 'Check its key in the settings.') {
    super(`${rail} refused the credentials (HTTP ${status}). ${hint}`);
    this.name = 'RailForbidden';
  }
}

export interface RailAnswer {
  status: number;
  /** The body as JSON; null where it is none. */
  body: unknown;
  /** The body as it came. */
  text: string;
}

interface Call {
  method?: 'GET' | 'POST' | 'PATCH';
  path: string;
  body?: object;
  timeoutMs?: number;
  headers?: Record<string, string>;
}

/** Calls one rail's API. What it answers is returned, errors too. */
export interface RailClient {
  /** @throws RailUnreachable, RailForbidden */
  call(request: Call): Promise<RailAnswer>;
}

/**
 * A client for the API that an operator has configured. It may be on this machine or in a private
 * network, as Lightning nodes are; redirects are not followed, so credentials go nowhere else.
 * @param settings.ca the certificate to trust, in PEM, where it is the node's own.
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
 * The body of an answer in the shape its API documents.
 * @throws RailUnreachable where it has another: what happened is then not known.
 */
export function read<T>(rail: string, schema: z.ZodType<T>, { status, body }: RailAnswer): T {
  const found = schema.safeParse(body);
  if (found.success) return found.data;
  throw new RailUnreachable(rail, `HTTP ${status} with a body that is not of its API.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
