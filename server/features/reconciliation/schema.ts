import { z } from 'zod';

/** Contracts of rail reconciliation, for operators' pages too. Browser-safe. */

/**
 * Kinds of differences. `not_paid`: settled here but not paid at the rail. `paid`: failed here but
 * paid there. `under_way`: failed here but still in flight there. `fee`, `preimage`: differ in a
 * payment that both consider paid. `deposit_open`: credited here but not settled there.
 * `deposit_amount`: settled with another amount. `deposit_late`: expired here but settled there.
 * `balance`: the rail's balance drifts.
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
  /** Its subject; null for a balance. */
  of: { what: 'attempt' | 'direct_payment' | 'deposit'; id: string } | null;
  /** The subject's page, or null. */
  href: string | null;
  /** Our record and the rail's, as sentences. */
  expected: string;
  found: string;
  /** The difference in sats; for a balance the rail's surplus. */
  sats: number | null;
  firstSeenAt: Date;
  lastSeenAt: Date;
  resolvedAt: Date | null;
  /** `system` if a later look agreed. */
  resolvedBy: string | null;
  reason: string | null;
}

/** A rail's latest reconciliation. */
export interface ReconcileLine {
  rail: string;
  /** Null before the first time. */
  endedAt: Date | null;
  /** Payments and deposits of the latest run with and without a response from the rail. */
  checked: number;
  unanswered: number;
  error: string | null;
  /** Since when no run was complete; null if the latest one was. */
  failingSince: Date | null;
}

export interface ReconciliationView {
  rails: ReconcileLine[];
  /** Open ones, oldest first, at most 100. */
  open: DifferenceLine[];
  /** Resolved in the last 30 days, newest first, at most 20. */
  resolved: DifferenceLine[];
}

export const ResolveDifference = z.strictObject({
  id: z.uuid(),
  /** As loaded: if it has changed since, it is not resolved. */
  lastSeenAt: z.date(),
  reason: z
    .string({ error: 'Say why.' })
    .trim()
    .min(5, 'Enter a reason of at least 5 characters.')
    .max(500, 'At most 500 characters.'),
});
export type ResolveDifference = z.infer<typeof ResolveDifference>;
