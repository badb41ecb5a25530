import type { Call } from './call.js';
import { ConnectionError, errorFromAnswer, HumanRailError, TimeoutError } from './errors.js';
import { randomKey } from './idempotency-key.js';
import { isRetryable, parseRetryAfter, retryDelayMs, sleep } from './retry.js';
import { isServerRuntime, type Settings } from './settings.js';
import { VERSION } from './version.js';

export type { Call, QueryValue, RequestOptions } from './call.js';

/** Sends a call, retries transient failures, and converts failures to typed errors. */
export class Transport {
  /** A private field, so that printing or serialising a client never shows its key. */
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Timeout of one attempt, in milliseconds, unless the call says otherwise. */
  get timeoutMs(): number {
    return this.#settings.timeoutMs;
  }

  /** The response's JSON; undefined if it had no body. */
  request(call: Call): Promise<unknown> {
    return this.withRetries(call, (response) => readJson(response, call));
  }

  /** The response with its body unread, for a stream. The timeout ends with the headers. */
  open(call: Call): Promise<Response> {
    return this.withRetries(call, (response) => Promise.resolve(response));
  }

  private async withRetries<T>(call: Call, read: (response: Response) => Promise<T>): Promise<T> {
    const { apiKey, l402 } = this.#settings;
    if (!l402 && call.options?.l402Token) {
      throw new HumanRailError('l402Token is for new HumanRail({ l402 }).');
    }
    // Made once: a retry with a new key could do the same thing twice.
    const headers = this.headersOf(call);
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    const send = (authorization?: string) =>
      this.tries(call, { ...headers, ...(authorization && { authorization }) }, body, read);
    return l402 ? l402.send(call, send) : send(`Bearer ${apiKey}`);
  }

  private async tries<T>(
    call: Call,
    headers: Record<string, string>,
    body: string | undefined,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const { signal, maxRetries = this.#settings.maxRetries } = call.options ?? {};
    for (let retry = 0; ; retry += 1) {
      try {
        return await this.once(call, headers, body, read);
      } catch (error) {
        if (signal?.aborted || retry >= maxRetries || !mayRetry(error)) throw error;
        await sleep(retryDelayMs(retry, error.retryAfterSeconds), signal);
      }
    }
  }

  private async once<T>(
    call: Call,
    headers: Record<string, string>,
    body: string | undefined,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const { signal, timeoutMs = this.#settings.timeoutMs } = call.options ?? {};
    signal?.throwIfAborted();
    const abort = new AbortController();
    const stop = () => abort.abort(signal?.reason);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      abort.abort();
    }, timeoutMs);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const response = await this.#settings.fetch(this.urlOf(call), {
        method: call.method,
        headers,
        body,
        signal: abort.signal,
        redirect: 'manual',
      });
      if (!response.ok) throw await failureOf(response, call, this.#settings.baseUrl);
      return await read(response);
    } catch (error) {
      signal?.removeEventListener('abort', stop);
      if (signal?.aborted) throw signal.reason;
      if (error instanceof HumanRailError) throw error;
      const what = `${call.method} ${this.#settings.baseUrl}${call.path}`;
      if (timedOut) throw new TimeoutError(`No answer to ${what} within ${timeoutMs} ms.`);
      const reason = reasonOf(error);
      throw new ConnectionError(`No answer to ${what}: ${reason}.`, { reason });
    } finally {
      clearTimeout(timer);
      // A stream lives on after this call, so its signal has to stay connected.
      if (!isStream(call)) signal?.removeEventListener('abort', stop);
    }
  }

  private headersOf(call: Call): Record<string, string> {
    const headers: Record<string, string> = {
      accept: 'application/json',
      ...call.headers,
    };
    if (call.body !== undefined) headers['content-type'] = 'application/json';
    if (call.method === 'POST') headers['idempotency-key'] = this.idempotencyKeyOf(call);
    if (isServerRuntime()) headers['user-agent'] = `humanrail-typescript/${VERSION}`;
    return headers;
  }

  private idempotencyKeyOf(call: Call): string {
    const given = call.options?.idempotencyKey;
    if (given === undefined) {
      const namespace = this.#settings.idempotencyNamespace;
      return namespace === undefined ? randomKey() : headerSafe(`${namespace}:${randomKey()}`);
    }
    return headerSafe(given);
  }

  private urlOf(call: Call): string {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value === undefined) continue;
      query.append(name, value instanceof Date ? value.toISOString() : String(value));
    }
    const text = query.toString();
    return `${this.#settings.baseUrl}${call.path}${text ? `?${text}` : ''}`;
  }
}

/** One path segment, escaped so that an id cannot address another URL. */
export function segment(id: string): string {
  if (typeof id !== 'string' || id === '' || id === '.' || id === '..') {
    throw new HumanRailError(`An id is needed here, not ${JSON.stringify(id)}.`);
  }
  return encodeURIComponent(id);
}

/** True if a header can hold the text. */
export function isHeaderSafe(text: string): boolean {
  return /^[\x20-\x7e]+$/.test(text);
}

function headerSafe(key: string): string {
  if (isHeaderSafe(key)) return key;
  throw new HumanRailError(
    'An idempotency key is sent in a header, so it may hold printable ASCII only; idempotencyKey() makes one of any text in its parts.',
  );
}

function isStream(call: Call): boolean {
  return call.headers?.accept === 'text/event-stream';
}

function mayRetry(error: unknown): error is HumanRailError {
  if (!(error instanceof HumanRailError)) return false;
  return error.status === undefined
    ? error instanceof ConnectionError
    : isRetryable(error.status, error.code);
}

async function readJson(response: Response, call: Call): Promise<unknown> {
  const body = await response.text();
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    const type = response.headers.get('content-type') ?? 'no content type';
    throw new HumanRailError(
      `${call.method} ${call.path} was answered with ${type} instead of JSON; check the base URL.`,
      { status: response.status, requestId: requestIdOf(response) },
    );
  }
}

async function failureOf(response: Response, call: Call, baseUrl: string): Promise<HumanRailError> {
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
    const target = response.headers.get('location') ?? 'another address';
    return new HumanRailError(
      `${call.method} ${call.path} was redirected to ${target}; the API never redirects, so check the base URL.`,
      { status: response.status, requestId: requestIdOf(response) },
    );
  }
  const body = parsedOr(await response.text());
  const facts = {
    requestId: requestIdOf(response),
    retryAfterSeconds: parseRetryAfter(response.headers.get('retry-after')),
  };
  if (typeof body !== 'string' || response.status >= 500) {
    return errorFromAnswer(response.status, body, facts);
  }
  const type = response.headers.get('content-type') ?? 'no content type';
  const unexplained = `${call.method} ${baseUrl}${call.path} was answered with ${response.status} and ${type} instead of JSON; check the base URL, which ends in /v1.`;
  return errorFromAnswer(response.status, body, facts, unexplained);
}

function requestIdOf(response: Response): string | undefined {
  return response.headers.get('x-request-id') ?? undefined;
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Node puts the telling part, such as ECONNREFUSED, into the cause. */
export function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  const code = (cause as { code?: unknown }).code;
  return cause.message || (typeof code === 'string' ? code : cause.name);
}
