import { z } from 'zod';
import { CREDIT_SATS_MAX, CreditReason } from '@/server/features/ledger/schema';
import type { WorkerPayout } from '@/server/features/payouts/schema';
import { Mode } from '@/server/platform/answer-fields';
import { ADJUSTED_KINDS } from './policy';

export type AdjustedKind = (typeof ADJUSTED_KINDS)[number];

export const AdjustAccount = z.strictObject({
  /** Made by who asks: the same one adjusts once. */
  key: z.uuid(),
  mode: Mode,
  accountKind: z.enum(ADJUSTED_KINDS),
  /** An organization's or a worker's id, as the kind says. */
  owner: z.uuid('Give the id of an organization or of a worker.'),
  /** Above zero to add, below zero to take. */
  amountSats: z
    .number({ error: 'Give whole sats.' })
    .int('Give whole sats.')
    .min(-CREDIT_SATS_MAX, 'At most 100,000,000 sats at a time.')
    .max(CREDIT_SATS_MAX, 'At most 100,000,000 sats at a time.')
    .refine((sats) => sats !== 0, 'Give at least one sat.'),
  reason: CreditReason,
});
export type AdjustAccount = z.infer<typeof AdjustAccount>;

export const ReverseAdjustment = z.strictObject({
  key: z.uuid(),
  adjustmentId: z.uuid(),
  reason: CreditReason,
});
export type ReverseAdjustment = z.infer<typeof ReverseAdjustment>;

/** What came of an adjustment or its reversal. */
export interface AdjustmentReceipt {
  ownerName: string;
  /** What the account holds now. */
  balanceSats: number;
  /** True where the key had done it before; nothing was done again. */
  again: boolean;
}

export const ListAdjustments = z.strictObject({
  /** Of one organization or worker alone. */
  owner: z.uuid().optional(),
  accountKind: z.enum(ADJUSTED_KINDS).optional(),
  after: z.uuid().optional(),
});
export type ListAdjustments = z.infer<typeof ListAdjustments>;

/** The payout of an adjustment. */
export interface AdjustmentPayout {
  id: string;
  status: WorkerPayout['status'];
  /** What later adjustments have left of it; 0 once it is cancelled. */
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
  /** The adjustment that it takes back; null where it is one itself. */
  reverses: string | null;
  /** Whether another has taken it back. */
  isReversed: boolean;
  /** By which a worker gets what was added; null where nothing is paid out. */
  payout: AdjustmentPayout | null;
  by: string;
  createdAt: Date;
}
