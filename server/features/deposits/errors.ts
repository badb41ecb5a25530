import { Conflict, TooManyRequests } from '@/server/platform/errors';

/** 409: this instance cannot be paid over Lightning. */
export class NoRail extends Conflict {
  static readonly status = 409;
  static readonly code = 'no_lightning_rail';
  constructor() {
    super(
      NoRail.code,
      'This instance does not accept Lightning payments because no rail is set up. Ask its operator to set one up, or to credit your sats.',
    );
  }
}

/** 409: it has rails, but none responds. */
export class NoRailAnswers extends Conflict {
  static readonly status = 409;
  static readonly code = 'no_rail_answers';
  constructor() {
    super(
      NoRailAnswers.code,
      'No Lightning rail of this instance is responding, so no invoice could be created. Try again in a minute.',
    );
  }
}

/** 409: the idempotency key was used for another deposit. */
export class DepositKeyReused extends Conflict {
  constructor() {
    super(
      'idempotency_mismatch',
      'This deposit was already started with another amount. Check that deposit, then start a new one.',
      { param: 'key' },
    );
  }
}

/** 429: every invoice is stored by the operator’s node. */
export class TooManyDeposits extends TooManyRequests {
  static readonly status = 429;
  static readonly code = 'too_many_deposits';
  constructor(retryAfterSeconds: number) {
    super(
      TooManyDeposits.code,
      `Too many deposits. Try again in ${retryAfterSeconds} seconds.`,
      retryAfterSeconds,
    );
  }
}
