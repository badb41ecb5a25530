import { z } from 'zod';
import { INVOICE_CHARS_MAX } from '@/server/platform/lightning/limits';
import { PAYOUT_AGES, PAYOUT_STATES } from './policy';

/** When payouts are sent: immediately, at a threshold, or on withdrawal. */
export const SetPayoutTiming = z.strictObject({
  timing: z.enum(['at_once', 'at_threshold', 'on_withdrawal']),
  /** With `at_threshold`, the threshold; defaults to the previous one. */
  thresholdSats: z
    .number({ error: 'Enter whole sats.' })
    .int('Enter whole sats.')
    .min(1, 'Enter at least one sat.')
    .max(10_000_000, 'At most 10,000,000 sats.')
    .optional(),
});
export type SetPayoutTiming = z.infer<typeof SetPayoutTiming>;

/** `name@example.com`; looks like an e-mail address, but receives Lightning payments. */
export const LightningAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(320, 'Use at most 320 characters.')
  .regex(
    /^[a-z0-9_.+-]{1,64}@[a-z0-9.-]{1,253}(:\d{1,5})?$/,
    'Use the form name@example.com, as shown in your wallet.',
  );

/** The payout destination; null removes it. */
export const SetPayoutDestination = z.strictObject({
  address: LightningAddress.nullable(),
  /** If required by the settings. */
  currentPassword: z.string().max(1_024).optional(),
  /** From the e-mail, if required by the settings. */
  code: z.string().max(64).optional(),
});
export type SetPayoutDestination = z.input<typeof SetPayoutDestination>;

/** A worker's payout settings. */
export interface PayoutSettings {
  rail: string;
  destination: string | null;
  timing: SetPayoutTiming['timing'];
  /** With `at_threshold`, the threshold. */
  thresholdSats: number;
  /** The destination's minimum; smaller payouts accumulate. */
  minSats: number;
  /** Payouts are held until then because the destination was changed; null if it was not. */
  heldUntil: Date | null;
  /** Whether held payouts can be withdrawn to an invoice: in live mode with a Lightning rail. */
  takesInvoice: boolean;
  /**
   * What a change of destination requires: the password, or a code from an e-mail; null for
   * nothing.
   */
  asks: 'password' | 'code' | null;
}

/**
 * Sends all held payouts to the worker's destination, or to a BOLT11 invoice for exactly that
 * amount.
 */
export const WithdrawPayouts = z.strictObject({
  invoice: z.string().trim().max(INVOICE_CHARS_MAX, 'This is not a Lightning invoice.').optional(),
});
export type WithdrawPayouts = z.input<typeof WithdrawPayouts>;

/** A payout as its worker sees it. */
export const WorkerPayout = z.object({
  id: z.uuid(),
  /** Null for an adjustment, which has no task. */
  taskId: z.uuid().nullable(),
  /** An adjustment's reason; null for an answer. */
  reason: z.string().nullable(),
  amountSats: z.number().int(),
  rail: z.string(),
  status: z.enum(['held', 'pending', 'sending', 'paid', 'failed', 'cancelled']),
  /** Why the last attempt failed, or why an operator holds it back or reversed it; else null. */
  failureReason: z.string().nullable(),
  /** The rail's fee, paid by the platform; 0 until paid. */
  feeSats: z.number().int(),
  /** The rail's proof of payment, if any. */
  preimage: z.string().nullable(),
  createdAt: z.date(),
  paidAt: z.date().nullable(),
});
export type WorkerPayout = z.infer<typeof WorkerPayout>;

/** A page of a worker's payouts: `after` is a previous page's cursor. */
export const ListPayoutsQuery = z.object({
  limit: z.number().int().min(1).max(100).default(20),
  after: z.uuid().optional(),
  /** The same as `after`, under the name used by infinite lists. */
  cursor: z.uuid().optional(),
});
export type ListPayoutsQuery = z.input<typeof ListPayoutsQuery>;

export const EarningsByType = z.object({
  type: z.string(),
  answers: z.number().int(),
  amountSats: z.number().int(),
  /** Spent on these answers, from start to submission. */
  seconds: z.number(),
  satsPerHour: z.number().int().nullable(),
});
export type EarningsByType = z.infer<typeof EarningsByType>;

/** A worker's earnings in the actor's mode, in sats. */
export const Earnings = z.object({
  /** Held until the worker withdraws. */
  heldSats: z.number().int(),
  pendingSats: z.number().int(),
  paidSats: z.number().int(),
  /** Owed, but failed permanently; a withdrawal retries, to the then current destination. */
  failedSats: z.number().int(),
  /** By UTC day, oldest first, without gaps. */
  days: z.array(z.object({ day: z.string(), amountSats: z.number().int() })),
  byType: z.array(EarningsByType),
  /** Over all paid answers; null before the first. */
  satsPerHour: z.number().int().nullable(),
});
export type Earnings = z.infer<typeof Earnings>;

export type PayoutState = (typeof PAYOUT_STATES)[number];

/** An operator's payout filter; names match partially. */
export const PayoutFilter = z.strictObject({
  state: z.enum(PAYOUT_STATES).optional(),
  /** Defaults to the actor's own. */
  mode: z.enum(['live', 'test']).optional(),
  rail: z.string().min(1).max(64).optional(),
  /** An ID, or part of the name or address. */
  worker: z.string().trim().min(1).max(200).optional(),
  /** An ID, or part of the name. */
  organization: z.string().trim().min(1).max(200).optional(),
  /** Only payouts owed for at least this long. */
  olderThan: z.enum(PAYOUT_AGES).optional(),
});
export type PayoutFilter = z.infer<typeof PayoutFilter>;

export const FindPayouts = PayoutFilter.extend({
  after: z.uuid().optional(),
  limit: z.number().int().min(1).max(500).default(50),
});
export type FindPayouts = z.input<typeof FindPayouts>;

export const PayoutRef = z.strictObject({ id: z.uuid() });
export const HoldPayout = z.strictObject({
  id: z.uuid(),
  reason: z.string().trim().min(5, 'Enter a reason; the worker sees it.').max(500),
});
export type HoldPayout = z.infer<typeof HoldPayout>;

const OutcomeReason = z
  .string()
  .trim()
  .min(5, 'Explain how you know, in at least 5 characters.')
  .max(500, 'At most 500 characters.');

/** An operator's finding about an attempt that its rail cannot look up. */
export const EnterOutcome = z.discriminatedUnion('outcome', [
  z.strictObject({
    id: z.uuid(),
    outcome: z.literal('paid'),
    /** As shown by the rail to the account's holder. */
    payment: z.string().trim().min(1, 'Enter the payment’s id.').max(200),
    reason: OutcomeReason,
  }),
  z.strictObject({ id: z.uuid(), outcome: z.literal('not_paid'), reason: OutcomeReason }),
]);
export type EnterOutcome = z.infer<typeof EnterOutcome>;

/** A payout as operators see it. */
export interface PayoutLine {
  id: string;
  mode: 'live' | 'test';
  status: WorkerPayout['status'];
  /** Why it needs attention, or null. */
  trouble: 'failed' | 'unknown' | 'stuck' | null;
  amountSats: number;
  rail: string;
  destination: string | null;
  /** These three are null for an adjustment. */
  organizationId: string | null;
  organization: string | null;
  taskId: string | null;
  /** An adjustment's reason; null for an answer. */
  reason: string | null;
  workerId: string;
  worker: string;
  attempts: number;
  failureReason: string | null;
  /** Why an operator holds it back, or null. */
  holdReason: string | null;
  createdAt: Date;
  nextAttemptAt: Date | null;
  paidAt: Date | null;
}

/** One attempt on a rail. */
export interface PayoutTry {
  /** Also the rail's idempotency key. */
  id: string;
  number: number;
  rail: string;
  status: 'reserved' | 'sending' | 'settled' | 'failed' | 'unknown';
  /** The number of payouts in the payment, including this one, and their sum. */
  payouts: number;
  amountSats: number;
  /** The rail's own ID. */
  externalId: string | null;
  paymentHash: string | null;
  /** The proof of payment: its SHA-256 is the payment hash. */
  preimage: string | null;
  feeLimitSats: number;
  feeSats: number;
  error: string | null;
  createdAt: Date;
  /** When the rail was called; null if it was not. */
  sentAt: Date | null;
  finishedAt: Date | null;
}

/** Actions available to an operator. */
export const PAYOUT_ACTS = ['look_up', 'enter_outcome', 'hold_back', 'release', 'retry'] as const;
export type PayoutAct = (typeof PAYOUT_ACTS)[number];

export interface PayoutDetail extends PayoutLine {
  /** The attempts, oldest first. */
  tries: PayoutTry[];
  acts: PayoutAct[];
  /** Operators' actions, latest first. */
  log: { action: string; actor: string; reason: string | null; at: Date }[];
}
