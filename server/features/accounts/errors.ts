import { Conflict, InvalidRequest, NotFound, TooManyRequests } from '@/server/platform/errors';

/** 404: the link was never made, was used, or is too old; which of them is not told. */
export class LinkOver extends NotFound {
  constructor() {
    super('link');
    this.message =
      'This link is not valid any more: it was used before, or is too old. Ask for a new one.';
  }
}

/** 400: told at the field of the current password. */
export class WrongPassword extends InvalidRequest {
  constructor() {
    super('This is not your current password.', {
      code: 'wrong_password',
      param: 'currentPassword',
    });
  }
}

/** 400: told at the field of the code. */
export class WrongCode extends InvalidRequest {
  constructor() {
    super('This is not the last code we sent, or it is too old. Have a new one sent.', {
      code: 'wrong_code',
      param: 'code',
    });
  }
}

/** 429: somebody's inbox is not to be filled. */
export class TooManyEmails extends TooManyRequests {
  constructor(retryAfterSeconds: number) {
    const minutes = Math.ceil(retryAfterSeconds / 60);
    super(
      'too_many_emails',
      `Enough e-mails have been asked for. Look into your inbox, or try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
      retryAfterSeconds,
    );
  }
}

/** 409: without it, nothing would be left to sign in by. */
export class LastSignInMethod extends Conflict {
  static readonly status = 409;
  static readonly code = 'last_sign_in_method';
  constructor() {
    super(LastSignInMethod.code, 'You could not sign in any more. Choose a password first.');
  }
}

/** 409: why an account elsewhere lets nobody in here. */
export class IdentityRefused extends Conflict {
  constructor(code: 'address_not_verified' | 'identity_taken', message: string) {
    super(code, message);
  }
}
