import { AppError, Conflict, Unprocessable } from '@/server/platform/errors';

/** 422: what was given as a Lightning address cannot be paid to; the message says why. */
export class UnusableDestination extends Unprocessable {
  constructor(code: string, message: string, details?: unknown) {
    super(code, message, { param: 'address', details });
  }
}

/** 429: addresses are asked for at other people's servers, which is not for trying out many. */
export class TooManyDestinations extends AppError {
  constructor(retryAfterSeconds: number) {
    super(
      429,
      'rate_limit_exceeded',
      'too_many_destinations',
      `Too many addresses were tried. Try again in ${retryAfterSeconds} seconds.`,
      { param: 'address', headers: { 'Retry-After': String(retryAfterSeconds) } },
    );
  }
}

/** 409: sats leave for people whose e-mail address is known to be theirs. */
export class AddressUnconfirmed extends Conflict {
  constructor() {
    super(
      'address_unconfirmed',
      'Confirm your e-mail address first, by the link we sent to it. What you earn is kept for you until then.',
    );
  }
}

/** 409: the payout is not in the state any more that the act is for. */
export class PayoutChanged extends Conflict {
  constructor() {
    super('payout_changed', 'The payout has moved on in the meantime. See how it stands now.');
  }
}
