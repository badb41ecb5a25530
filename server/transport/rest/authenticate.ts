import { parseApiKeyText } from '@/server/platform/api-key-text';
import { Unauthenticated } from '@/server/platform/errors';
import { processWide } from '@/server/platform/process-wide';
import type { KeyActor } from './operation';

/**
 * Authenticates a key.
 * @throws Unauthenticated 401 for an unknown, revoked or expired key.
 */
export type Authenticate = (keyText: string) => Promise<KeyActor>;

const registered = () =>
  processWide('rest-authenticator', (): { authenticate: Authenticate | null } => ({
    authenticate: null,
  }));

/** Registers how the process looks up keys; called once by `server/rest.ts`. */
export function setAuthenticator(authenticate: Authenticate): void {
  registered().authenticate = authenticate;
}

export const registeredAuthenticator: Authenticate = (keyText) => {
  const { authenticate } = registered();
  if (!authenticate) throw new Error('No authenticator is registered; import server/rest.ts.');
  return authenticate(keyText);
};

/** 401: no key, or an obviously invalid one. */
export class InvalidApiKey extends Unauthenticated {
  static readonly status = 401;
  static readonly code = 'invalid_api_key';
  constructor(message: string) {
    super('invalid_api_key', message, { headers: { 'WWW-Authenticate': 'Bearer' } });
  }
}

/**
 * The key of a request's `Authorization: Bearer` header.
 * @throws InvalidApiKey if there is none, or its checksum is wrong.
 */
export function bearerKeyOf(request: Request): string {
  const header = request.headers.get('authorization');
  if (!header) {
    throw new InvalidApiKey('Send your API key as "Authorization: Bearer ek_…".');
  }
  const [scheme, text, ...rest] = header.trim().split(/\s+/);
  if (scheme?.toLowerCase() !== 'bearer' || !text || rest.length > 0) {
    throw new InvalidApiKey(
      'The Authorization header must consist of "Bearer", a space, and an API key.',
    );
  }
  if (!parseApiKeyText(text)) {
    throw new InvalidApiKey('This is not an API key; it may be mistyped or truncated.');
  }
  return text;
}
