import { z } from 'zod';

const Month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'Enter a month, such as 2026-11.');
export const MonthRef = z.strictObject({ month: Month });
export type MonthRef = z.infer<typeof MonthRef>;

export const MonthOrganizations = z.strictObject({
  month: Month,
  after: z.uuid().optional(),
  limit: z.number().int().min(1).max(1_000).default(1_000),
});
export type MonthOrganizations = z.output<typeof MonthOrganizations>;

/** The next month to close. */
export interface NextMonth {
  /** Such as `2026-11`, in UTC. */
  month: string;
  /** The earliest time it can be closed. */
  dueAt: Date;
  isDue: boolean;
}

/**
 * Movements on all accounts of a kind in a month; credits increase a balance, debits decrease it.
 */
export interface MonthTotal {
  kind: string;
  name: string;
  openingSats: number;
  creditSats: number;
  debitSats: number;
  closingSats: number;
}

export interface ClosedMonth {
  month: string;
  postings: number;
  closedAt: Date;
  by: string;
  totals: MonthTotal[];
}

export interface ClosedMonths {
  next: NextMonth | null;
  months: ClosedMonth[];
}

/** An organization's closed month; `charged` includes fees. */
export interface MonthOrganization {
  organizationId: string;
  name: string;
  openingAvailableSats: number;
  openingHeldSats: number;
  paidInSats: number;
  chargedSats: number;
  adjustedSats: number;
  closingAvailableSats: number;
  closingHeldSats: number;
}

/** All accounts of a kind; balances are on the kind's normal side. */
export interface AccountsOfKind {
  kind: string;
  name: string;
  normal: 'credit' | 'debit';
  about: string;
  accounts: number;
  balanceSats: number;
  /** The platform's own accounts, individually. */
  owners: { owner: string; balanceSats: number }[];
}

/** The result of re-adding the whole ledger of both modes. */
export interface LedgerCheckView {
  checkedAt: Date;
  postings: number;
  entries: number;
  /** 0 if the books add up. */
  faults: number;
  /** The first faults, as sentences. */
  report: string[];
}
