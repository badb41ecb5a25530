import { AppError, Conflict } from '@/server/platform/errors';
import { satsToNumber } from '@/server/platform/money';

/** 402: the organization's available balance does not cover the hold. */
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

/** 409: somebody else changed the limits since they were loaded. */
export class LimitsChanged extends Conflict {
  static readonly status = 409;
  static readonly code = 'changed_meanwhile';
  constructor() {
    super(
      LimitsChanged.code,
      'Somebody else changed the limits in the meantime. Check the current values and save again.',
    );
  }
}

/** 409: nobody could spend the sats. */
export class OrganizationClosed extends Conflict {
  static readonly status = 409;
  static readonly code = 'organization_closed';
  constructor() {
    super(OrganizationClosed.code, 'This organization is closed; nobody could spend the sats.');
  }
}

/** 409: the idempotency key was used for another credit. */
export class CreditKeyReused extends Conflict {
  static readonly status = 409;
  static readonly code = 'idempotency_mismatch';
  constructor() {
    super(
      CreditKeyReused.code,
      'This was already done with another amount. Check the balance, then start again.',
      {
        param: 'key',
      },
    );
  }
}

/** 409: a reversal would take more than is left. */
export class CreditNotLeft extends Conflict {
  static readonly status = 409;
  static readonly code = 'credit_not_left';
  constructor(of: 'credit' | 'balance', leftSats: bigint) {
    super(
      CreditNotLeft.code,
      of === 'credit'
        ? `${leftSats} sats of this credit are left; you cannot take back more.`
        : `The organization has ${leftSats} sats available; you cannot take back more. Sats held for open tasks cannot be taken.`,
      { param: 'amountSats', details: { left_sats: satsToNumber(leftSats) } },
    );
  }
}
