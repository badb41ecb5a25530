import { Conflict } from '@/server/platform/errors';
import type { NextMonth } from './schema';

/** 409: months are closed in order, after they end. */
export class MonthNotDue extends Conflict {
  static readonly status = 409;
  static readonly code = 'month_not_due';
  constructor(next: NextMonth | null) {
    super(
      MonthNotDue.code,
      next
        ? `${next.month} is the next to close, from ${next.dueAt.toISOString().slice(0, 10)} on (UTC).`
        : 'Nothing has been posted in live mode yet, so there is no month to close.',
    );
  }
}

/** 409: the books of a month are inconsistent. */
export class MonthDoesNotAddUp extends Conflict {
  static readonly status = 409;
  static readonly code = 'month_does_not_add_up';
  constructor(month: string, wrong: readonly { what: string; sats: bigint }[]) {
    const off = wrong.map(({ what, sats }) => `${what} by ${sats} sats`).join('; ');
    super(
      MonthDoesNotAddUp.code,
      `${month} cannot be closed: it is off in ${off}. Run npm run ledger:check.`,
    );
  }
}
