import type { AccountKind } from '@/prisma/generated/client';

/** What an account is for. */
export interface ChartEntry {
  name: string;
  /**
   * The side it usually stands on. In the ledger, positive amounts are credits (owed or earned) and
   * negative amounts are debits (assets).
   */
  normal: 'credit' | 'debit';
  about: string;
}

/** The chart of accounts, in the order of their kinds. */
export const CHART: Record<AccountKind, ChartEntry> = {
  organization_available: {
    name: 'Organizations, available',
    normal: 'credit',
    about: 'Available balances of organizations.',
  },
  organization_held: {
    name: 'Organizations, held',
    normal: 'credit',
    about: 'Held for open tasks, until charged or released.',
  },
  organization_in_flight: {
    name: 'Organizations, in flight',
    normal: 'credit',
    about: 'Refunds to organizations in flight, until the rail reports their outcome.',
  },
  worker_payable: {
    name: 'Workers, payable',
    normal: 'credit',
    about: 'Earned by workers and not sent yet.',
  },
  worker_in_flight: {
    name: 'Workers, in flight',
    normal: 'credit',
    about: 'Payments to workers in flight, until the rail reports their outcome.',
  },
  platform_fees: {
    name: 'Platform fees',
    normal: 'credit',
    about:
      'Task fees earned by the platform, less its own costs: re-votes, appeals upheld later, rail fees, adjustments.',
  },
  rail_float: {
    name: 'Rails',
    normal: 'debit',
    about: 'Received minus paid out over each rail: the sats that should be there.',
  },
};
