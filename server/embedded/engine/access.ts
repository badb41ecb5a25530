import type { IncomingMessage } from 'node:http';
import { timingSafeEqualText } from '@/server/platform/crypto';
import { bearerTokenOf, type EngineKeys } from '@/server/platform/engine-signature';
import { HttpRefusal } from './http-exchange';

export interface AccessRules {
  /** The engine's address is reachable from this machine only. */
  loopback: boolean;
  /** Undefined in development mode, which signs nothing, as on Inngest's own dev server. */
  keys: EngineKeys | undefined;
}

/** True for addresses that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);
}

/**
 * Blocks web pages: otherwise one could make a browser on this machine post events here, or read
 * runs through a foreign name that resolves to this address (DNS rebinding).
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

/** Events need the event key in their path. */
export function requireEventKey(given: string, { keys }: AccessRules): void {
  if (keys === undefined || timingSafeEqualText(given, keys.eventKey)) return;
  throw new HttpRefusal(401, 'Event key not found');
}

/** The SDK's own calls carry the hashed signing key. */
export function requireSigningKey(request: IncomingMessage, { keys }: AccessRules): void {
  if (keys === undefined || hasSigningKey(request, keys)) return;
  throw new HttpRefusal(401, 'The signing key is not the right one.');
}

/**
 * The page, its JSON, GraphQL and the list of functions show data: they require the event key as
 * the password, or the token the SDK sends.
 */
export function requireOperator(request: IncomingMessage, { keys }: AccessRules): void {
  if (keys === undefined || hasSigningKey(request, keys)) return;
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const password = Buffer.from(basic, 'base64')
    .toString('utf8')
    .replace(/^[^:]*:/, '');
  if (timingSafeEqualText(password, keys.eventKey)) return;
  throw new HttpRefusal(401, 'Sign in with the event key as the password.');
}

/** Whether a request may see more than that the engine is running. */
export function isOperator(request: IncomingMessage, rules: AccessRules): boolean {
  try {
    requireOperator(request, rules);
    return true;
  } catch {
    return false;
  }
}

function hasSigningKey(request: IncomingMessage, { signingKey }: EngineKeys): boolean {
  const given = (request.headers.authorization ?? '').replace(/^Bearer /i, '');
  return timingSafeEqualText(given, bearerTokenOf(signingKey));
}
