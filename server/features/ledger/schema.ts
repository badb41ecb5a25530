import { z } from 'zod';
import { Mode, whole } from '@/server/platform/answer-fields';
import { CREDIT_SATS_MAX } from './policy';

export { CREDIT_SATS_MAX } from './policy';

/** An organization's sats in one mode. */
export const Balance = z
  .object({
    object: z.literal('balance'),
    mode: Mode,
    available_sats: whole.describe('Sats that new tasks can hold.'),
    held_sats: whole.describe('Sats that open tasks hold.'),
  })
  .meta({ id: 'Balance', description: 'An organization’s sats in one mode.' });
export type Balance = z.infer<typeof Balance>;

/** Play sats cost nothing; the cap keeps the books readable. */
export const PLAY_DEPOSIT_SATS_MAX = 10_000_000;

export const DepositPlaySats = z.strictObject({
  amountSats: z
    .number()
    .int('Enter whole sats.')
    .min(1, 'Enter at least one sat.')
    .max(PLAY_DEPOSIT_SATS_MAX, 'At most 10,000,000 sats at a time.'),
});
export type DepositPlaySats = z.infer<typeof DepositPlaySats>;

const StatementPages = z.strictObject({
  limit: z.number().int().min(1).max(1_000).default(50),
  /** The `next_cursor` of the page before. */
  after: z
    .string()
    .regex(/^\d{1,18}$/, 'Give the next_cursor of an earlier page.')
    .optional(),
  /** First and last day (UTC), both included. */
  from: z.iso.date('Give a day, such as 2026-11-30.').optional(),
  to: z.iso.date('Give a day, such as 2026-11-30.').optional(),
});

export const STATEMENT_GROUPS = ['paid_in', 'charged', 'held', 'adjusted'] as const;
export type StatementGroup = (typeof STATEMENT_GROUPS)[number];
export const StatementQuery = StatementPages.extend({
  group: z.enum(STATEMENT_GROUPS).optional(),
});
export type StatementQuery = z.input<typeof StatementQuery>;

export const EARNINGS_GROUPS = ['earned', 'sent', 'adjusted'] as const;
export type EarningsGroup = (typeof EARNINGS_GROUPS)[number];
export const EarningsQuery = StatementPages.extend({ group: z.enum(EARNINGS_GROUPS).optional() });
export type EarningsQuery = z.input<typeof EarningsQuery>;

const CreditSats = z
  .number({ error: 'Enter whole sats.' })
  .int('Enter whole sats.')
  .min(1, 'Enter at least one sat.')
  .max(CREDIT_SATS_MAX, 'At most 100,000,000 sats at a time.');
/** Why an operator moves sats; whose they are reads it. */
export const CreditReason = z
  .string()
  .trim()
  .min(5, 'Enter a short reason; the organization sees it.')
  .max(500, 'At most 500 characters.');

export const CreditOrganization = z.strictObject({
  /** Made by who asks: the same one credits once. */
  key: z.uuid(),
  organizationId: z.uuid(),
  mode: Mode,
  amountSats: CreditSats,
  reason: CreditReason,
});
export type CreditOrganization = z.infer<typeof CreditOrganization>;

export const ReverseCredit = z.strictObject({
  key: z.uuid(),
  creditId: z.uuid(),
  /** All of it, or a part. */
  amountSats: CreditSats,
  reason: CreditReason,
});
export type ReverseCredit = z.infer<typeof ReverseCredit>;

/** What came of a credit or its reversal. */
export interface CreditReceipt {
  organizationName: string;
  /** What the organization can spend now. */
  availableSats: number;
  /** True where the key had done it before; nothing was done again. */
  again: boolean;
}

/** A credit as operators see it. */
export interface CreditLine {
  id: string;
  amountSats: number;
  /** What was not taken back of it. */
  leftSats: number;
  reason: string;
  by: string;
  createdAt: Date;
}

/** One posting as it moved the organization's sats. */
export interface StatementLine {
  id: string;
  kind: string;
  /** The same in words. */
  what: string;
  /** What it is about, such as `task:<id>`, or `gold:<id>` for a gold that a worker was given. */
  reference: string;
  /** The task that it is about, where the organization can open it. */
  task_id: string | null;
  task_type: string | null;
  /** Why, where an operator moved the sats. */
  reason: string | null;
  /** Change of what can be spent, and of what open tasks hold. */
  available_sats: number;
  held_sats: number;
  /** What there was of each after it. */
  available_after_sats: number;
  held_after_sats: number;
  created_at: string;
}

/** One posting as it moved a worker's sats. */
export interface EarningsLine {
  id: string;
  kind: string;
  /** The same in words. */
  what: string;
  taskType: string | null;
  /** Why, where an operator moved the sats. */
  reason: string | null;
  /** Change of what was earned and not sent, and of what is on its way. */
  payableSats: number;
  inFlightSats: number;
  payableAfterSats: number;
  inFlightAfterSats: number;
  createdAt: string;
}

export const SPEND_LIMIT_SATS_MAX = 1_000_000_000_000;
const LimitSats = z
  .number({ error: 'Enter whole sats, or leave it empty.' })
  .int('Enter whole sats.')
  .min(1, 'Enter at least one sat, or leave it empty.')
  .max(SPEND_LIMIT_SATS_MAX, 'At most 1,000,000,000,000 sats.')
  .nullable();

export const SetSpendLimits = z.strictObject({
  /** What all keys and members together may spend from midnight to midnight UTC; null is no cap. */
  maxSpendSatsPerDay: LimitSats,
  /** Owners and admins are told once the balance falls below; null is never. */
  lowBalanceSats: LimitSats,
  /** The version that the change was made from; 0 where nothing was set yet. */
  version: z.number().int(),
});
export type SetSpendLimits = z.infer<typeof SetSpendLimits>;

export interface SpendLimits extends SetSpendLimits {
  availableSats: number;
  /** True while the balance is below what somebody wants to hear of. */
  isLow: boolean;
}
