import { Conflict, TooManyRequests } from '@/server/platform/errors';

/** 409: this instance has no way to be paid over Lightning. */
export class NoRail extends Conflict {
  static readonly status = 409;
  static readonly code = 'no_lightning_rail';
  constructor() {
    super(
      NoRail.code,
      'This instance takes no payments over Lightning: no rail is set up. Ask its operator to set one up, or to credit your sats.',
    );
  }
}

/** 409: it has rails, and none of them answers. */
export class NoRailAnswers extends Conflict {
  static readonly status = 409;
  static readonly code = 'no_rail_answers';
  constructor() {
    super(
      NoRailAnswers.code,
      'No Lightning rail of this instance answers now, so that there is no invoice. Try again in a minute.',
    );
  }
}

/** 409: the key of a request stands for another deposit. */
export class DepositKeyReused extends Conflict {
  constructor() {
    super(
      'idempotency_mismatch',
      'This was begun before with another amount. Look at that deposit, and begin anew.',
      { param: 'key' },
    );
  }
}

/** 429: every invoice is kept by the operator’s node. */
export class TooManyDeposits extends TooManyRequests {
  static readonly status = 429;
  static readonly code = 'too_many_deposits';
  constructor(retryAfterSeconds: number) {
    super(
      TooManyDeposits.code,
      `Too many deposits were begun. Try again in ${retryAfterSeconds} seconds.`,
      retryAfterSeconds,
    );
  }
}
