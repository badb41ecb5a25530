import { Conflict, TooManyRequests, Unprocessable } from '@/server/platform/errors';

/** 422: what was given as a Lightning address cannot be paid to; the message says why. */
export class UnusableDestination extends Unprocessable {
  constructor(code: string, message: string, details?: unknown) {
    super(code, message, { param: 'address', details });
  }
}

/** 429: addresses are asked for at other people's servers, which is not for trying out many. */
export class TooManyDestinations extends TooManyRequests {
  constructor(retryAfterSeconds: number) {
    super(
      'too_many_destinations',
      `Too many addresses were tried. Try again in ${retryAfterSeconds} seconds.`,
      retryAfterSeconds,
      { param: 'address' },
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

/** 422: the rail has no payment by which the try could have been paid; the message says why. */
export class NotThePayment extends Unprocessable {
  constructor(message: string) {
    super('not_the_payment', message, { param: 'payment' });
  }
}

/** 409: the try could still be paid, so that nobody can say that it was not. */
export class MayStillBePaid extends Conflict {
  constructor(until: Date) {
    super(
      'may_still_be_paid',
      `It could still be paid until ${until.toISOString()}. Look again after that.`,
      { details: { until: until.toISOString() } },
    );
  }
}

/** 409: of two who say at once where payouts go, the first one does. */
export class DestinationChanged extends Conflict {
  constructor() {
    super(
      'destination_changed',
      'Your address was changed in another window. Look at it, and save again.',
    );
  }
}

/** 409: where payouts go was changed a moment ago, or the worker is new. */
export class PayoutsHeld extends Conflict {
  constructor(until: Date) {
    super(
      'payouts_held',
      `Nothing leaves until ${until.toISOString()}: payouts of new workers wait, and so do all after a change of where they go.`,
      { details: { held_until: until.toISOString() } },
    );
  }
}

/** 409: the destination takes no payment that small. */
export class TooLittleToSend extends Conflict {
  constructor(minSats: bigint) {
    super(
      'too_little_to_send',
      `Your wallet takes no payment below ${minSats} sats. Earn a little more, or use another address.`,
      { details: { min_sats: Number(minSats) } },
    );
  }
}

/** 422: what was given as an invoice cannot be paid; the message says why. */
export class UnusableInvoice extends Unprocessable {
  constructor(message: string) {
    super('unusable_invoice', message, { param: 'invoice' });
  }
}
