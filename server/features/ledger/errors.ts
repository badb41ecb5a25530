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

/** 409: nobody could spend it. */
export class OrganizationClosed extends Conflict {
  static readonly status = 409;
  static readonly code = 'organization_closed';
  constructor() {
    super(OrganizationClosed.code, 'This organization is closed; nobody could spend the sats.');
  }
}

/** 409: the key of a request stands for another credit. */
export class CreditKeyReused extends Conflict {
  static readonly status = 409;
  static readonly code = 'idempotency_mismatch';
  constructor() {
    super(
      CreditKeyReused.code,
      'This was done before with another amount. Look at the balance, and begin anew.',
      {
        param: 'key',
      },
    );
  }
}

/** 409: a reversal would take more than there is. */
export class CreditNotLeft extends Conflict {
  static readonly status = 409;
  static readonly code = 'credit_not_left';
  constructor(of: 'credit' | 'balance', leftSats: bigint) {
    super(
      CreditNotLeft.code,
      of === 'credit'
        ? `${leftSats} sats are left of this credit; more cannot be taken back.`
        : `The organization has ${leftSats} sats available; you cannot take back more. Sats held for open tasks cannot be taken.`,
      { param: 'amountSats', details: { left_sats: satsToNumber(leftSats) } },
    );
  }
}
