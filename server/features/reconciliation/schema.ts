import { z } from 'zod';

/** Rails compared with what is recorded here, for operators' pages too. Browser-safe. */

/**
 * What can differ. `not_paid`: settled here, and not paid at the rail. `paid`: failed here, and paid there.
 * `under_way`: failed here, and still being paid there. `fee`, `preimage`: of a payment that both call paid.
 * `deposit_open`: credited here, and not settled there. `deposit_amount`: settled with another amount.
 * `deposit_late`: expired here, and settled there. `balance`: the rail holds more or less than it should.
 */
export type DifferenceKind =
  | 'not_paid'
  | 'paid'
  | 'under_way'
  | 'fee'
  | 'preimage'
  | 'deposit_open'
  | 'deposit_amount'
  | 'deposit_late'
  | 'balance';

export interface DifferenceLine {
  id: string;
  rail: string;
  kind: DifferenceKind;
  /** What it is about; null for a balance. */
  of: { what: 'attempt' | 'direct_payment' | 'deposit'; id: string } | null;
  /** The page of it; null where it has none. */
  href: string | null;
  /** What is recorded here, and what the rail says, as sentences. */
  expected: string;
  found: string;
  /** By how many sats; for a balance what the rail holds above what it should. */
  sats: number | null;
  firstSeenAt: Date;
  lastSeenAt: Date;
  resolvedAt: Date | null;
  /** `system` where a later look agreed. */
  resolvedBy: string | null;
  reason: string | null;
}

/** How a rail was last compared. */
export interface ReconcileLine {
  rail: string;
  /** Null before the first time. */
  endedAt: Date | null;
  /** Payments and deposits of the latest run that the rail answered for, and that it did not. */
  checked: number;
  unanswered: number;
  error: string | null;
  /** Since when no run was answered whole; null where the latest was. */
  failingSince: Date | null;
}

export interface ReconciliationView {
  rails: ReconcileLine[];
  /** Open ones, oldest first; 100 at the most. */
  open: DifferenceLine[];
  /** Those that were resolved within the last 30 days, newest first; 20 at the most. */
  resolved: DifferenceLine[];
}

export const ResolveDifference = z.strictObject({
  id: z.uuid(),
  /** As it was read: where it has grown since, it is not resolved. */
  lastSeenAt: z.date(),
  reason: z
    .string({ error: 'Say why.' })
    .trim()
    .min(5, 'Say why, in 5 characters or more.')
    .max(500, 'At most 500 characters.'),
});
export type ResolveDifference = z.infer<typeof ResolveDifference>;
