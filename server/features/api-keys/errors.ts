import { Conflict, InvalidRequest, Unauthenticated } from '@/server/platform/errors';

/** What HTTP wants every 401 to say: how one is known here. */
const CHALLENGE = { headers: { 'WWW-Authenticate': 'Bearer' } };

/** 401: no key of ours, or mistyped. */
export class InvalidApiKey extends Unauthenticated {
  constructor() {
    super(
      'invalid_api_key',
      'This API key is not valid. Send "Authorization: Bearer ek_test_…" or "ek_live_…" with a key from Settings → API keys.',
      CHALLENGE,
    );
  }
}

/** 401: it worked once, and somebody ended it. */
export class RevokedApiKey extends Unauthenticated {
  constructor() {
    super(
      'revoked_api_key',
      'This API key was revoked. Create another one in Settings → API keys.',
      CHALLENGE,
    );
  }
}

/** 401: its time is over. */
export class ExpiredApiKey extends Unauthenticated {
  constructor(expiredAt: Date) {
    super(
      'expired_api_key',
      `This API key expired at ${expiredAt.toISOString()}. Create another one in Settings → API keys.`,
      CHALLENGE,
    );
  }
}

/** 400: a key that would have expired before its first use. */
export class ExpiryInThePast extends InvalidRequest {
  constructor() {
    super('expires_at must be in the future.', { param: 'expires_at' });
  }
}

/** 409: it was revoked, or its time is over. */
export class ApiKeyEnded extends Conflict {
  constructor() {
    super('api_key_ended', 'This key has ended already; create a new one instead.');
  }
}
