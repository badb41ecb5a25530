import { z } from 'zod';
import { Mode, whole } from '@/server/platform/answer-fields';
import { CREDIT_SATS_MAX } from './policy';

export { CREDIT_SATS_MAX } from './policy';

/** An organization's sats in one mode. */
export const Balance = z
  .object({
    object: z.literal('balance'),
    mode: Mode,
    available_sats: whole.describe('Sats available for new tasks.'),
    held_sats: whole.describe('Sats held for open tasks.'),
  })
  .meta({ id: 'Balance', description: 'An organization’s sats in one mode.' });
export type Balance = z.infer<typeof Balance>;

/** Play sats are free; the cap keeps the books readable. */
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
  /** The `next_cursor` of the previous page. */
  after: z
    .string()
    .regex(/^\d{1,18}$/, 'Use the next_cursor of a previous page.')
    .optional(),
  /** First and last day (UTC), inclusive. */
  from: z.iso.date('Enter a day, such as 2026-11-30.').optional(),
  to: z.iso.date('Enter a day, such as 2026-11-30.').optional(),
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
/** Why an operator moves sats; shown to their owner. */
export const CreditReason = z
  .string()
  .trim()
  .min(5, 'Enter a short reason; the organization sees it.')
  .max(500, 'At most 500 characters.');

export const CreditOrganization = z.strictObject({
  /** The caller's idempotency key. */
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
  /** The full credit or a part of it. */
  amountSats: CreditSats,
  reason: CreditReason,
});
export type ReverseCredit = z.infer<typeof ReverseCredit>;

/** The result of a credit or its reversal. */
export interface CreditReceipt {
  organizationName: string;
  /** The available balance afterwards. */
  availableSats: number;
  /** True if the key was already processed, and this call changed nothing. */
  again: boolean;
}

/** A credit as operators see it. */
export interface CreditLine {
  id: string;
  amountSats: number;
  /** The amount not reversed. */
  leftSats: number;
  reason: string;
  by: string;
  createdAt: Date;
}

/** A posting's effect on the organization's balances. */
export interface StatementLine {
  id: string;
  kind: string;
  /** A description of it. */
  what: string;
  /** What it is about, such as `task:<id>`, or `gold:<id>` for a gold. */
  reference: string;
  /** The task it concerns, if the organization can open it. */
  task_id: string | null;
  task_type: string | null;
  /** The reason, if an operator moved the sats. */
  reason: string | null;
  /** Changes of the available and the held balance. */
  available_sats: number;
  held_sats: number;
  /** Balances after the posting. */
  available_after_sats: number;
  held_after_sats: number;
  created_at: string;
}

/** A posting's effect on a worker's balances. */
export interface EarningsLine {
  id: string;
  kind: string;
  /** A description of it. */
  what: string;
  taskType: string | null;
  /** The reason, if an operator moved the sats. */
  reason: string | null;
  /** Changes of the unsent earnings and of payments in flight. */
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
  /** Cap on what all keys and members may spend together per UTC day; null means no cap. */
  maxSpendSatsPerDay: LimitSats,
  /** Threshold for notifying owners and admins of a low balance; null means never. */
  lowBalanceSats: LimitSats,
  /** The version the change is based on; 0 if nothing was saved yet. */
  version: z.number().int(),
});
export type SetSpendLimits = z.infer<typeof SetSpendLimits>;

export interface SpendLimits extends SetSpendLimits {
  availableSats: number;
  /** Whether the balance is below the threshold. */
  isLow: boolean;
}
