import { Conflict, InvalidRequest, NotFound, TooManyRequests } from '@/server/platform/errors';

/** 404: the link never existed, was used, or has expired; the response does not say which. */
export class LinkOver extends NotFound {
  constructor() {
    super('link');
    this.message = 'This link has expired or was already used. Request a new one.';
  }
}

/** 400: reported on the current password's field. */
export class WrongPassword extends InvalidRequest {
  constructor() {
    super('This is not your current password.', {
      code: 'wrong_password',
      param: 'currentPassword',
    });
  }
}

/** 400: reported on the code's field. */
export class WrongCode extends InvalidRequest {
  constructor() {
    super('This code is wrong or has expired. Request a new one.', {
      code: 'wrong_code',
      param: 'code',
    });
  }
}

/** 429: limits how many e-mails one address receives. */
export class TooManyEmails extends TooManyRequests {
  constructor(retryAfterSeconds: number) {
    const minutes = Math.ceil(retryAfterSeconds / 60);
    super(
      'too_many_emails',
      `Too many e-mails requested. Check your inbox, or try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
      retryAfterSeconds,
    );
  }
}

/** 409: the account would have no sign-in method left. */
export class LastSignInMethod extends Conflict {
  static readonly status = 409;
  static readonly code = 'last_sign_in_method';
  constructor() {
    super(LastSignInMethod.code, 'This is your only way to sign in. Choose a password first.');
  }
}

/** 409: why an external account cannot be used to sign in. */
export class IdentityRefused extends Conflict {
  constructor(code: 'address_not_verified' | 'identity_taken', message: string) {
    super(code, message);
  }
}
