import { Conflict, InvalidRequest, Unauthenticated } from '@/server/platform/errors';

/** HTTP requires every 401 to name the authentication scheme. */
const CHALLENGE = { headers: { 'WWW-Authenticate': 'Bearer' } };

/** 401: unknown or mistyped. */
export class InvalidApiKey extends Unauthenticated {
  constructor() {
    super(
      'invalid_api_key',
      'This API key is not valid. Send "Authorization: Bearer ek_test_…" or "ek_live_…" with a key from Settings → API keys.',
      CHALLENGE,
    );
  }
}

/** 401: it was revoked. */
export class RevokedApiKey extends Unauthenticated {
  constructor() {
    super(
      'revoked_api_key',
      'This API key was revoked. Create another one in Settings → API keys.',
      CHALLENGE,
    );
  }
}

/** 401: it has expired. */
export class ExpiredApiKey extends Unauthenticated {
  constructor(expiredAt: Date) {
    super(
      'expired_api_key',
      `This API key expired at ${expiredAt.toISOString()}. Create another one in Settings → API keys.`,
      CHALLENGE,
    );
  }
}

/** 400: the key would be expired from the start. */
export class ExpiryInThePast extends InvalidRequest {
  constructor() {
    super('expires_at must be in the future.', { param: 'expires_at' });
  }
}

/** 409: it was revoked or has expired. */
export class ApiKeyEnded extends Conflict {
  constructor() {
    super('api_key_ended', 'This key was revoked or has expired; create a new one instead.');
  }
}
