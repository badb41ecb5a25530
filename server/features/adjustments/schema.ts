import { z } from 'zod';
import { CREDIT_SATS_MAX, CreditReason } from '@/server/features/ledger/schema';
import type { WorkerPayout } from '@/server/features/payouts/schema';
import { Mode } from '@/server/platform/answer-fields';
import { ADJUSTED_KINDS } from './policy';

export type AdjustedKind = (typeof ADJUSTED_KINDS)[number];

export const AdjustAccount = z.strictObject({
  /** Idempotency key, chosen by the caller. */
  key: z.uuid(),
  mode: Mode,
  accountKind: z.enum(ADJUSTED_KINDS),
  /** An organization's or a worker's ID, depending on the kind. */
  owner: z.uuid('Enter the ID of an organization or a worker.'),
  /** Positive to add, negative to take. */
  amountSats: z
    .number({ error: 'Enter whole sats.' })
    .int('Enter whole sats.')
    .min(-CREDIT_SATS_MAX, 'At most 100,000,000 sats at a time.')
    .max(CREDIT_SATS_MAX, 'At most 100,000,000 sats at a time.')
    .refine((sats) => sats !== 0, 'Enter at least one sat.'),
  reason: CreditReason,
});
export type AdjustAccount = z.infer<typeof AdjustAccount>;

export const ReverseAdjustment = z.strictObject({
  key: z.uuid(),
  adjustmentId: z.uuid(),
  reason: CreditReason,
});
export type ReverseAdjustment = z.infer<typeof ReverseAdjustment>;

/** The result of an adjustment or a reversal. */
export interface AdjustmentReceipt {
  ownerName: string;
  /** The account's balance afterwards. */
  balanceSats: number;
  /** True if the key was already processed, and this call changed nothing. */
  again: boolean;
}

export const ListAdjustments = z.strictObject({
  /** Filters by one organization or worker. */
  owner: z.uuid().optional(),
  accountKind: z.enum(ADJUSTED_KINDS).optional(),
  after: z.uuid().optional(),
});
export type ListAdjustments = z.infer<typeof ListAdjustments>;

/** The payout created by an adjustment. */
export interface AdjustmentPayout {
  id: string;
  status: WorkerPayout['status'];
  /** What later adjustments have not taken from it; 0 once it is cancelled. */
  leftSats: number;
}

/** An adjustment as operators see it. */
export interface AdjustmentLine {
  id: string;
  accountKind: AdjustedKind;
  owner: string;
  ownerName: string;
  amountSats: number;
  reason: string;
  /** The adjustment this one reverses, or null. */
  reverses: string | null;
  /** Whether another adjustment has reversed it. */
  isReversed: boolean;
  /** The payout of sats added to a worker; null if nothing is paid out. */
  payout: AdjustmentPayout | null;
  by: string;
  createdAt: Date;
}
