import type { IncomingMessage } from 'node:http';
import { HttpRefusal } from './http-exchange';
import { bearerToken, sameSecret } from './signing';

export interface AccessRules {
  /** The address the engine is bound to is reachable from this machine only. */
  loopback: boolean;
  eventKey: string | undefined;
  signingKey: string | undefined;
}

/** True for addresses that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);
}

/**
 * Keeps web pages out: a browser on this machine could otherwise be made to post events here, or to
 * read runs under a foreign name that resolves to this address.
 */
export function refuseForeignPages(request: IncomingMessage, rules: AccessRules): void {
  const host = request.headers.host ?? '';
  if (rules.loopback && !isLoopback(host.replace(/:\d+$/, ''))) {
    throw new HttpRefusal(403, 'The engine answers under its loopback address only.');
  }
  const { origin } = request.headers;
  if (origin === undefined || request.method === 'GET') return;
  if (!URL.canParse(origin) || new URL(origin).host !== host) {
    throw new HttpRefusal(403, 'A page of another origin may not do this.');
  }
}

/** Events need the event key in their path, where one is set. */
export function requireEventKey(given: string, rules: AccessRules): void {
  if (rules.eventKey === undefined || sameSecret(given, rules.eventKey)) return;
  throw new HttpRefusal(401, 'Event key not found');
}

/** The SDK's own calls carry the hashed signing key, where one is set. */
export function requireSigningKey(request: IncomingMessage, rules: AccessRules): void {
  if (rules.signingKey === undefined) {
    if (!rules.loopback) {
      throw new HttpRefusal(401, 'The engine is on the network: set a signing key on both sides.');
    }
    return;
  }
  const given = (request.headers.authorization ?? '').replace(/^Bearer /i, '');
  if (!sameSecret(given, bearerToken(rules.signingKey))) {
    throw new HttpRefusal(401, 'The signing key is not the right one.');
  }
}

/** The page and its JSON show data: off loopback they ask for the event key as the password. */
export function requireOperator(request: IncomingMessage, rules: AccessRules): void {
  if (rules.loopback || rules.eventKey === undefined) return;
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const password = Buffer.from(basic, 'base64')
    .toString('utf8')
    .replace(/^[^:]*:/, '');
  if (!sameSecret(password, rules.eventKey)) {
    throw new HttpRefusal(401, 'Sign in with the event key as the password.');
  }
}
