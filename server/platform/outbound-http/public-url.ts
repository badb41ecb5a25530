import { isIP } from 'node:net';
import type { Mode } from '../actor';
import { InvalidRequest } from '../errors';
import { type AddressPolicy, addressFault, addressPolicy } from './address-policy';

const URL_CHARS_MAX = 2_048;

/** A URL's host in lower case, without IPv6 brackets and trailing dot. */
export function bareHost(hostname: string): string {
  return hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}

export function isLocalhost(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost');
}

/** Whether the host is this machine by its name alone. */
function isLoopback(host: string): boolean {
  return isLocalhost(host) || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** Why a host is blocked by its spelling alone; names are checked when they are resolved. */
export function hostFault(host: string, policy: AddressPolicy): string | null {
  if (host === '') return 'empty';
  if (isLocalhost(host)) return policy.loopback ? null : 'loopback';
  return isIP(host) === 0 ? null : addressFault(host, policy);
}

function faultOf(text: string, mode: Mode, policy: AddressPolicy): string | URL {
  if (text.length > URL_CHARS_MAX) return `may be at most ${URL_CHARS_MAX} characters long`;
  // The URL parser normalizes decimal, octal and hexadecimal IPv4 addresses.
  if (!URL.canParse(text)) return 'must be a whole URL, such as https://example.com/hooks';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must start with https://';
  if (url.username !== '' || url.password !== '') return 'must not carry a user name or password';
  const host = bareHost(url.hostname);
  const fault = hostFault(host, policy);
  if (fault) {
    return `must be reachable from the public internet; ${host} is not a public address (${fault})`;
  }
  if (mode === 'live' && url.protocol !== 'https:' && !isLoopback(host)) {
    return 'must start with https:// in live mode';
  }
  return url;
}

/**
 * Checks a customer's URL when it is saved. Names are not resolved here but on each connection.
 * @param options.param the field, for the error; defaults to `url`.
 * @throws InvalidRequest 400 that says what the URL should be.
 */
export function assertPublicUrl(
  text: string,
  options: { mode: Mode; param?: string; allowPrivate?: boolean },
): URL {
  const param = options.param ?? 'url';
  const result = faultOf(text, options.mode, addressPolicy(options.mode, options.allowPrivate));
  if (result instanceof URL) return result;
  throw InvalidRequest.fromFaults([
    { param, code: 'invalid_field', message: `${param} ${result}.` },
  ]);
}
