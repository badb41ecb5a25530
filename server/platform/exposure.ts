import { isIP } from 'node:net';

/** True for names and addresses of this machine only, with or without IPv6 brackets. */
export function isLoopback(host: string): boolean {
  const bare = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  if (bare === 'localhost' || bare.endsWith('.localhost') || bare === '::1') return true;
  return isIP(bare) === 4 && bare.startsWith('127.');
}

/**
 * True if only this machine is served: it listens on loopback, and its public address is loopback
 * too, so that no proxy exposes it. Conveniences that would be unsafe on an exposed instance (open
 * mailbox, private webhook targets, open metrics) are only enabled then.
 */
export function isLoopbackOnly(given: { HOST?: string | undefined; PUBLIC_URL: string }): boolean {
  return (!given.HOST || isLoopback(given.HOST)) && isLoopback(new URL(given.PUBLIC_URL).hostname);
}
