import { isIP } from 'node:net';

/** True for the names and addresses of this machine alone, with or without IPv6's brackets. */
export function isLoopback(host: string): boolean {
  const bare = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  if (bare === 'localhost' || bare.endsWith('.localhost') || bare === '::1') return true;
  return isIP(bare) === 4 && bare.startsWith('127.');
}

/**
 * True while only this machine is served: it listens on loopback, and its public address is there as
 * well, so that no proxy leads to it from elsewhere. Conveniences that would harm an exposed instance
 * (open mailbox, private webhook targets, open metrics) are on only then.
 */
export function isLoopbackOnly(given: { HOST?: string | undefined; PUBLIC_URL: string }): boolean {
  return (!given.HOST || isLoopback(given.HOST)) && isLoopback(new URL(given.PUBLIC_URL).hostname);
}
