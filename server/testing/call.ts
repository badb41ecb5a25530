import { authenticateKey } from '@/server/features/api-keys';
import { operations } from '@/server/rest';
import { type Method, type Operation, setAuthenticator } from '@/server/transport/rest';
import { ask } from './mounted';

export interface CallOptions {
  /** The whole text of an API key. */
  key?: string;
  /** Sent as JSON; a string is sent as it is. */
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

/** Calls the API as a client would, through the doors as they are mounted (see `ask`). */
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

/** The same, for answers that are not JSON. */
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

/** Every operation, for tests that are made from the table of contents. */
export { type Operation, operations };
