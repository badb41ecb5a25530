import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import canonicalize from 'canonicalize';

const prefixPattern = /^signkey-[\w]+-/;

/**
 * The `x-inngest-signature` of a request body: HMAC over its canonical JSON, since the SDK checks
 * it against what it parsed and canonicalized again, followed by the time in seconds.
 */
export function signBody(body: string, signingKey: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1_000);
  const canonical = canonicalize(JSON.parse(body)) ?? '';
  const key = signingKey.replace(prefixPattern, '');
  const mac = createHmac('sha256', key).update(`${canonical}${seconds}`).digest('hex');
  return `t=${seconds}&s=${mac}`;
}

/** The bearer token the SDK derives from its signing key. */
export function bearerToken(signingKey: string): string {
  const prefix = prefixPattern.exec(signingKey)?.[0] ?? '';
  const key = Buffer.from(signingKey.slice(prefix.length), 'hex');
  return prefix + createHash('sha256').update(key).digest('hex');
}

/** Compares secrets in a time that does not depend on where they differ. */
export function sameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
