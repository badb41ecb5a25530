import type { AccountKind } from '@/prisma/generated/client';

/** What an account is for. */
export interface ChartEntry {
  name: string;
  /**
   * On which side it usually stands. In the ledger, amounts above zero are credits: what is owed or earned;
   * below zero are debits: what somebody has.
   */
  normal: 'credit' | 'debit';
  about: string;
}

/** The chart of accounts, in the order of their kinds. */
export const CHART: Record<AccountKind, ChartEntry> = {
  organization_available: {
    name: 'Organizations, available',
    normal: 'credit',
    about: 'What organizations have paid in and can spend.',
  },
  organization_held: {
    name: 'Organizations, held',
    normal: 'credit',
    about: 'What open tasks hold, until they are charged or the hold is given back.',
  },
  organization_in_flight: {
    name: 'Organizations, in flight',
    normal: 'credit',
    about: 'What is being paid back to organizations, until its rail says what became of it.',
  },
  worker_payable: {
    name: 'Workers, payable',
    normal: 'credit',
    about: 'What workers have earned and were not sent.',
  },
  worker_in_flight: {
    name: 'Workers, in flight',
    normal: 'credit',
    about: 'What is being sent to workers, until its rail says what became of it.',
  },
  platform_fees: {
    name: 'Platform fees',
    normal: 'credit',
    about:
      'What the platform earns of tasks, less what it pays itself: re-votes, appeals won later, what rails take, adjustments.',
  },
  rail_float: {
    name: 'Rails',
    normal: 'debit',
    about:
      'What came in over each rail less what was paid out over it: the sats that should be there.',
  },
};
