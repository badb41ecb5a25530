import { AppError, Conflict, TooManyRequests, Unauthenticated } from '@/server/platform/errors';

export interface Challenge {
  amountSats: number;
  payoutSats: number;
  feeSats: number;
  macaroon: string;
  invoice: string;
  paymentHash: string;
  expiresAt: Date;
}

/** 402: what the task can cost at the most is to be paid first, by the invoice that comes with it. */
export class L402PaymentRequired extends AppError {
  static readonly status = 402;
  static readonly code = 'l402_payment_required';
  constructor(challenge: Challenge) {
    const { amountSats, payoutSats, feeSats, macaroon, invoice, paymentHash, expiresAt } =
      challenge;
    super(
      L402PaymentRequired.status,
      'payment_required',
      L402PaymentRequired.code,
      `Pay ${amountSats} sats by the invoice, and send the same request again with "Authorization: L402 <macaroon>:<preimage>". Or send an API key.`,
      {
        headers: { 'WWW-Authenticate': `L402 macaroon="${macaroon}", invoice="${invoice}"` },
        details: {
          ...{ amount_sats: amountSats, payout_sats: payoutSats, fee_sats: feeSats },
          ...{ invoice, macaroon, payment_hash: paymentHash, expires_at: expiresAt.toISOString() },
        },
      },
    );
  }
}

/** 401: no token of this instance, or not with the preimage of its invoice. */
export class InvalidL402Token extends Unauthenticated {
  static readonly status = 401;
  static readonly code = 'invalid_l402_token';
  constructor(message: string) {
    super(InvalidL402Token.code, message, { headers: { 'WWW-Authenticate': 'L402' } });
  }
}

/** 503: the rail has not seen the payment yet, or does not answer; nothing is lost. */
export class PaymentUnconfirmed extends AppError {
  static readonly status = 503;
  static readonly code = 'payment_unconfirmed';
  constructor() {
    super(
      PaymentUnconfirmed.status,
      'payment_required',
      PaymentUnconfirmed.code,
      'The payment has not arrived yet. Send the same request with the same token again in a moment.',
      { headers: { 'Retry-After': '2' } },
    );
  }
}

const REFUND = 'GET /v1/l402 with this token says how the sats come back.';

/** 409: the token was bought for another request. */
export class OtherRequest extends Conflict {
  static readonly status = 409;
  static readonly code = 'l402_other_request';
  constructor() {
    super(
      OtherRequest.code,
      `This token was bought for another request. Send exactly that one, or this one without a token. ${REFUND}`,
    );
  }
}

/** 409: the task costs more by now than was paid for it. */
export class PriceChanged extends Conflict {
  static readonly status = 409;
  static readonly code = 'l402_price_changed';
  constructor(paidSats: number, neededSats: number) {
    super(
      PriceChanged.code,
      `The task can cost ${neededSats} sats by now, and ${paidSats} were paid for it. Ask anew without a token. ${REFUND}`,
      { details: { paid_sats: paidSats, needed_sats: neededSats } },
    );
  }
}

/** 409: what was paid is on its way back, or is back. */
export class Refunded extends Conflict {
  static readonly status = 409;
  static readonly code = 'l402_refunded';
  constructor() {
    super(Refunded.code, 'What was paid with this token was paid back. Ask anew without a token.');
  }
}

/** 429: every challenge is an invoice that the operator’s node keeps. */
export class TooManyChallenges extends TooManyRequests {
  static readonly status = 429;
  static readonly code = 'too_many_challenges';
  constructor(retryAfterSeconds: number) {
    super(
      TooManyChallenges.code,
      `Too many invoices were asked for and not paid. Try again in ${retryAfterSeconds} seconds.`,
      retryAfterSeconds,
    );
  }
}
