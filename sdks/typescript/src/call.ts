/** Options of any call. */
export interface RequestOptions {
  /** Ends the call; it then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Timeout of one attempt, in milliseconds. */
  timeoutMs?: number;
  maxRetries?: number;
  /** For a POST: makes retries of this call safe. Random by default. */
  idempotencyKey?: string;
}

export type QueryValue = string | number | Date | undefined;

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Relative to the base URL, with a leading slash. */
  path: string;
  query?: Record<string, QueryValue>;
  /** JSON as the API spells it. */
  body?: unknown;
  headers?: Record<string, string>;
  options?: RequestOptions & { l402Token?: string };
}

/** What makes calls. */
export interface Caller {
  /** The response's JSON; undefined if it had no body. */
  request(call: Call): Promise<unknown>;
}

/** Authorizes calls without an API key. */
export interface Gatekeeper {
  /** Called once with the client it authorizes, and the client's API key, if any. */
  attach(caller: Caller, apiKey: string | undefined): void;
  /** Sends a call, once or more, each time with an `Authorization` of its choice. */
  send<T>(call: Call, send: (authorization?: string) => Promise<T>): Promise<T>;
}
