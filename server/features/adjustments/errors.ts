import { Conflict } from '@/server/platform/errors';
import { satsToNumber } from '@/server/platform/money';

/** 409: an adjustment would take more than the account can cover. */
export class BalanceNotLeft extends Conflict {
  static readonly status = 409;
  static readonly code = 'balance_not_left';
  constructor(of: 'organization' | 'worker', leftSats: bigint) {
    super(
      BalanceNotLeft.code,
      of === 'organization'
        ? `The organization has ${leftSats} sats available; you cannot take more. Sats held for open tasks cannot be taken.`
        : `${leftSats} sats given to this worker by operators are not sent yet; you cannot take more. Earnings from answers belong to the worker, and sent payments cannot be recalled.`,
      { param: 'amountSats', details: { left_sats: satsToNumber(leftSats) } },
    );
  }
}

const NOT_REVERSIBLE = {
  reversed: 'This adjustment was already reversed.',
  reversal: 'This is a reversal and cannot be reversed. Make another adjustment instead.',
  paid: 'These sats were sent to the worker, and payments cannot be recalled. Ask the worker to return them, or take them from a later adjustment that is not sent yet.',
  sending:
    'These sats are on their way to the worker. Hold the payout back, under Payouts, where it has not left yet; once it is paid, it cannot be taken back.',
} as const;

/**
 * 409: an adjustment is reversed once, in full, and only before it is sent; reversals cannot be
 * reversed.
 */
export class AdjustmentNotReversible extends Conflict {
  static readonly status = 409;
  static readonly code = 'adjustment_not_reversible';
  constructor(is: keyof typeof NOT_REVERSIBLE | { leftSats: bigint }) {
    super(
      AdjustmentNotReversible.code,
      typeof is === 'string'
        ? NOT_REVERSIBLE[is]
        : `Later adjustments have used part of this one; ${is.leftSats} sats are left. Take those with a negative adjustment instead.`,
    );
  }
}
