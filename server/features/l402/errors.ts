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

/** 402: the task's maximum cost must be paid first, through the enclosed invoice. */
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
      `Pay the invoice of ${amountSats} sats and resend the same request with "Authorization: L402 <macaroon>:<preimage>". Or send an API key.`,
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

/** 401: not a token of this instance, or the preimage does not match its invoice. */
export class InvalidL402Token extends Unauthenticated {
  static readonly status = 401;
  static readonly code = 'invalid_l402_token';
  constructor(message: string) {
    super(InvalidL402Token.code, message, { headers: { 'WWW-Authenticate': 'L402' } });
  }
}

/** 503: the rail has not seen the payment yet or is not responding; nothing is lost. */
export class PaymentUnconfirmed extends AppError {
  static readonly status = 503;
  static readonly code = 'payment_unconfirmed';
  constructor() {
    super(
      PaymentUnconfirmed.status,
      'payment_required',
      PaymentUnconfirmed.code,
      'The payment has not arrived yet. Retry the same request with the same token in a moment.',
      { headers: { 'Retry-After': '2' } },
    );
  }
}

const REFUND = 'GET /v1/l402 with this token explains how to claim the refund.';

/** 409: the token was bought for another request. */
export class OtherRequest extends Conflict {
  static readonly status = 409;
  static readonly code = 'l402_other_request';
  constructor() {
    super(
      OtherRequest.code,
      `This token was bought for another request. Send exactly that request, or send this one without a token. ${REFUND}`,
    );
  }
}

/** 409: the task's price has increased since it was paid. */
export class PriceChanged extends Conflict {
  static readonly status = 409;
  static readonly code = 'l402_price_changed';
  constructor(paidSats: number, neededSats: number) {
    super(
      PriceChanged.code,
      `The task can now cost ${neededSats} sats, but ${paidSats} were paid. Send the request again without a token. ${REFUND}`,
      { details: { paid_sats: paidSats, needed_sats: neededSats } },
    );
  }
}

/** 409: the payment is being refunded or was refunded. */
export class Refunded extends Conflict {
  static readonly status = 409;
  static readonly code = 'l402_refunded';
  constructor() {
    super(
      Refunded.code,
      'This token’s payment was refunded. Send the request again without a token.',
    );
  }
}

/** 429: every challenge is an invoice stored by the operator’s node. */
export class TooManyChallenges extends TooManyRequests {
  static readonly status = 429;
  static readonly code = 'too_many_challenges';
  constructor(retryAfterSeconds: number) {
    super(
      TooManyChallenges.code,
      `Too many unpaid invoices. Try again in ${retryAfterSeconds} seconds.`,
      retryAfterSeconds,
    );
  }
}
