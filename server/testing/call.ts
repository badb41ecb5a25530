import { authenticateKey } from '@/server/features/api-keys';
import { operations } from '@/server/rest';
import { type Method, type Operation, setAuthenticator } from '@/server/transport/rest';
import { ask } from './mounted';

export interface CallOptions {
  /** The full API key. */
  key?: string;
  /** Sent as JSON; a string is sent unchanged. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown> & {
    error?: { type: string; code: string; message: string; param?: string; details?: unknown };
  };
}

/** Calls the API like a client, through the doors as mounted (see `ask`). */
export async function call(
  method: Method,
  target: string,
  options: CallOptions = {},
): Promise<Answer> {
  const response = await send(method, target, options);
  const text = await response.text();
  const body = text === '' ? {} : (JSON.parse(text) as Answer['body']);
  return { status: response.status, headers: response.headers, body };
}

/** Same, for responses that are not JSON. */
export async function send(
  method: Method,
  target: string,
  options: CallOptions = {},
): Promise<Response> {
  setAuthenticator(authenticateKey);
  const url = new URL(target, 'http://localhost:3000');
  const raw = typeof options.body === 'string' ? options.body : JSON.stringify(options.body);
  const request = new Request(url, {
    method,
    headers: {
      ...(options.key ? { authorization: `Bearer ${options.key}` } : {}),
      ...(raw === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(raw === undefined ? {} : { body: raw }),
  });
  return ask(request);
}

/** Every operation, for tests generated from the list. */
export { type Operation, operations };
