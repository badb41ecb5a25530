import { z } from 'zod';
import { Mode, whole } from '@/server/platform/answer-fields';

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
    .int('Give whole sats.')
    .min(1, 'Give at least one sat.')
    .max(PLAY_DEPOSIT_SATS_MAX, 'At most 10,000,000 sats at a time.'),
});
export type DepositPlaySats = z.infer<typeof DepositPlaySats>;

export const StatementQuery = z.strictObject({
  limit: z.number().int().min(1).max(1_000).default(50),
  /** The `next_cursor` of the page before. */
  after: z
    .string()
    .regex(/^\d{1,18}$/, 'Give the next_cursor of an earlier page.')
    .optional(),
});
export type StatementQuery = z.infer<typeof StatementQuery>;

/** One posting as it moved the organization's sats. */
export const StatementLine = z.object({
  id: z.string(),
  kind: z.string(),
  /** What it is about, such as `task:<id>`, or `gold:<id>` for a gold that a worker was given. */
  reference: z.string(),
  /** Change of what can be spent, and of what open tasks hold. */
  available_sats: z.number().int(),
  held_sats: z.number().int(),
  created_at: z.string(),
});
export type StatementLine = z.infer<typeof StatementLine>;

export const SPEND_LIMIT_SATS_MAX = 1_000_000_000_000;
const LimitSats = z
  .number({ error: 'Give whole sats, or leave it empty.' })
  .int('Give whole sats.')
  .min(1, 'Give at least one sat, or leave it empty.')
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
