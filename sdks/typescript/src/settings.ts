import type { Gatekeeper } from './call.js';
import { HumanRailError } from './errors.js';

export interface ClientOptions {
  /** `ek_live_…` or `ek_test_…`; default `HUMANRAIL_API_KEY`. */
  apiKey?: string;
  /** The API's base URL; `HUMANRAIL_BASE_URL`, else `https://api.humanrail.dev/v1`. */
  baseUrl?: string;
  /** Maximum number of retries; default 2. */
  maxRetries?: number;
  /** Timeout of one attempt, in milliseconds; default 60,000. A `wait` is added to it. */
  timeoutMs?: number;
  /** A custom `fetch`, for a proxy or a test. */
  fetch?: typeof fetch;
  /** Prefix of the client's generated idempotency keys, and those of `client.idempotencyKey`. */
  idempotencyNamespace?: string;
  /** Pays for each task over Lightning, in place of an API key: an `L402` of `@humanrail/sdk/l402`. */
  l402?: Gatekeeper;
}

export interface Settings {
  /** Undefined if `l402` authorizes calls. */
  apiKey: string | undefined;
  l402: Gatekeeper | undefined;
  /** Without a trailing slash. */
  baseUrl: string;
  maxRetries: number;
  timeoutMs: number;
  fetch: typeof fetch;
  idempotencyNamespace: string | undefined;
}

const DEFAULT_BASE_URL = 'https://api.humanrail.dev/v1';

/** The documentation's own key; a real key has no dots, so it can stand for the environment's. */
const placeholderKey = /^ek_(live|test)_\.{3}$/;

/** Fills in defaults. Throws a HumanRailError that says how to fix an invalid setting. */
export function settingsFrom(options: ClientOptions): Settings {
  return {
    apiKey: options.l402 ? undefined : resolveApiKey(options.apiKey),
    l402: options.l402,
    baseUrl: resolveBaseUrl(options.baseUrl ?? environment('HUMANRAIL_BASE_URL')),
    maxRetries: wholeNumber('maxRetries', options.maxRetries ?? 2),
    timeoutMs: wholeNumber('timeoutMs', options.timeoutMs ?? 60_000),
    fetch: options.fetch ?? globalFetch(),
    idempotencyNamespace: options.idempotencyNamespace,
  };
}

function resolveApiKey(given: string | undefined): string {
  const isPlaceholder = given !== undefined && placeholderKey.test(given);
  const key = (isPlaceholder ? undefined : given) ?? environment('HUMANRAIL_API_KEY');
  if (!key?.trim()) {
    throw new HumanRailError(
      isPlaceholder
        ? `Replace '${given}' by your key, or set HUMANRAIL_API_KEY.`
        : 'No API key: pass { apiKey } or set HUMANRAIL_API_KEY.',
    );
  }
  if (!/^[\x21-\x7e]+$/.test(key.trim())) {
    throw new HumanRailError('The API key contains characters that no key has; copy it again.');
  }
  return key.trim();
}

function resolveBaseUrl(given: string | undefined): string {
  let url: URL;
  try {
    url = new URL(given?.trim() || DEFAULT_BASE_URL);
  } catch {
    throw new HumanRailError(
      `The base URL '${withoutPassword(given)}' is no URL; write it like http://localhost:3000/v1.`,
    );
  }
  if (!/^https?:$/.test(url.protocol)) {
    throw new HumanRailError(
      `The base URL '${withoutPassword(given)}' must begin with https:// or http://.`,
    );
  }
  if (url.username || url.password) {
    throw new HumanRailError(
      'The base URL holds a user name or a password; pass { apiKey } instead.',
    );
  }
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path || '/v1'}`;
}

function withoutPassword(url = ''): string {
  return url.replace(/\/\/[^/@]*@/, '//…@');
}

function wholeNumber(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 0) return value;
  throw new HumanRailError(`${name} must be a whole number from 0, not ${value}.`);
}

function globalFetch(): typeof fetch {
  if (typeof globalThis.fetch !== 'function') {
    throw new HumanRailError('This runtime has no fetch: use Node 18 or newer, or pass { fetch }.');
  }
  // Browsers refuse a fetch that was taken off its window.
  return (...call) => globalThis.fetch(...call);
}

function environment(name: string): string | undefined {
  const runtime = (globalThis as { process?: { env?: Record<string, string | undefined> } })
    .process;
  return runtime?.env?.[name] || undefined;
}

/** True under Node and similar runtimes, where a User-Agent header may be set. */
export function isServerRuntime(): boolean {
  const runtime = (globalThis as { process?: { versions?: { node?: string } } }).process;
  return typeof runtime?.versions?.node === 'string';
}
