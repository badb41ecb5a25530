import { Conflict, TooManyRequests, Unprocessable } from '@/server/platform/errors';

/** 422: the Lightning address cannot be paid; the message explains why. */
export class UnusableDestination extends Unprocessable {
  constructor(code: string, message: string, details?: unknown) {
    super(code, message, { param: 'address', details });
  }
}

/** 429: addresses are resolved on other people's servers, so attempts are limited. */
export class TooManyDestinations extends TooManyRequests {
  constructor(retryAfterSeconds: number) {
    super(
      'too_many_destinations',
      `Too many addresses tried. Try again in ${retryAfterSeconds} seconds.`,
      retryAfterSeconds,
      { param: 'address' },
    );
  }
}

/** 409: payouts require a confirmed e-mail address. */
export class AddressUnconfirmed extends Conflict {
  constructor() {
    super(
      'address_unconfirmed',
      'Confirm your e-mail address first, through the link we sent you. Your earnings are held until then.',
    );
  }
}

/** 409: the payout's state has changed. */
export class PayoutChanged extends Conflict {
  constructor() {
    super(
      'payout_changed',
      'This payout has changed in the meantime. Reload to see its current state.',
    );
  }
}

/** 422: the payment does not match the attempt; the message explains why. */
export class NotThePayment extends Unprocessable {
  constructor(message: string) {
    super('not_the_payment', message, { param: 'payment' });
  }
}

/** 409: the attempt could still be paid. */
export class MayStillBePaid extends Conflict {
  constructor(until: Date) {
    super(
      'may_still_be_paid',
      `It could still be paid until ${until.toISOString()}. Try again after that.`,
      { details: { until: until.toISOString() } },
    );
  }
}

/** 409: the destination was changed concurrently. */
export class DestinationChanged extends Conflict {
  constructor() {
    super(
      'destination_changed',
      'Your address was changed in another window. Check it and save again.',
    );
  }
}

/** 409: the destination was changed recently, or the worker is new. */
export class PayoutsHeld extends Conflict {
  constructor(until: Date) {
    super(
      'payouts_held',
      `Payouts are held until ${until.toISOString()}: new workers’ payouts are held at first, and all payouts after a change of destination.`,
      { details: { held_until: until.toISOString() } },
    );
  }
}

/** 409: below the destination's minimum. */
export class TooLittleToSend extends Conflict {
  constructor(minSats: bigint) {
    super(
      'too_little_to_send',
      `Your wallet does not accept payments below ${minSats} sats. Earn a little more, or use another address.`,
      { details: { min_sats: Number(minSats) } },
    );
  }
}

/** 422: the invoice cannot be paid; the message explains why. */
export class UnusableInvoice extends Unprocessable {
  constructor(message: string) {
    super('unusable_invoice', message, { param: 'invoice' });
  }
}
