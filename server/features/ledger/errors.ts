import { AppError, Conflict } from '@/server/platform/errors';
import { satsToNumber } from '@/server/platform/money';

/** 402: the organization's available balance does not cover what the call would hold. */
export class InsufficientFunds extends AppError {
  constructor(availableSats: bigint, requiredSats: bigint) {
    super(
      402,
      'insufficient_funds',
      'insufficient_funds',
      `This needs ${requiredSats} sats and ${availableSats} are available; add funds or lower payout_sats or max_votes.`,
      {
        details: {
          available_sats: satsToNumber(availableSats),
          required_sats: satsToNumber(requiredSats),
        },
      },
    );
  }
}

/** 409: somebody else saved other limits since these were begun. */
export class LimitsChanged extends Conflict {
  static readonly status = 409;
  static readonly code = 'changed_meanwhile';
  constructor() {
    super(
      LimitsChanged.code,
      'Somebody else has changed the limits meanwhile. Look at what is there now, and save again.',
    );
  }
}
