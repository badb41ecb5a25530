import { Conflict } from '@/server/platform/errors';
import { satsToNumber } from '@/server/platform/money';

/** 409: an adjustment would take more than the account can spare. */
export class BalanceNotLeft extends Conflict {
  static readonly status = 409;
  static readonly code = 'balance_not_left';
  constructor(of: 'organization' | 'worker', leftSats: bigint) {
    super(
      BalanceNotLeft.code,
      of === 'organization'
        ? `The organization has ${leftSats} sats to spend; more cannot be taken. What open tasks hold stays with them.`
        : `${leftSats} sats that operators gave this worker are not sent yet; more cannot be taken. What answers have earned is the worker’s, and what was sent does not come back.`,
      { param: 'amountSats', details: { left_sats: satsToNumber(leftSats) } },
    );
  }
}

const NOT_REVERSIBLE = {
  reversed: 'This adjustment was taken back before.',
  reversal: 'This takes an adjustment back; make another adjustment instead.',
  paid: 'The worker has been sent these sats, and a payment does not come back. Ask the worker to return them, or take them from a later adjustment that is not sent yet.',
  sending:
    'These sats are on their way to the worker. Hold the payout back, under Payouts, where it has not left yet; once it is paid, it cannot be taken back.',
} as const;

/** 409: an adjustment is taken back once, whole, and while it is not sent; what took it back is not. */
export class AdjustmentNotReversible extends Conflict {
  static readonly status = 409;
  static readonly code = 'adjustment_not_reversible';
  constructor(is: keyof typeof NOT_REVERSIBLE | { leftSats: bigint }) {
    super(
      AdjustmentNotReversible.code,
      typeof is === 'string'
        ? NOT_REVERSIBLE[is]
        : `Later adjustments have taken of this one, and ${is.leftSats} sats are left of it. Take those by an adjustment below zero instead.`,
    );
  }
}
