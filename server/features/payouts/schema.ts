import { z } from 'zod';
import { INVOICE_CHARS_MAX } from '@/server/platform/lightning/limits';
import { PAYOUT_AGES, PAYOUT_STATES } from './policy';

/** When payouts leave: each by itself at once, or all together when the worker withdraws. */
export const SetPayoutTiming = z.strictObject({
  timing: z.enum(['at_once', 'at_threshold', 'on_withdrawal']),
  /** With `at_threshold`, what payouts must come to; what it was before unless told. */
  thresholdSats: z
    .number({ error: 'Enter whole sats.' })
    .int('Enter whole sats.')
    .min(1, 'Enter at least one sat.')
    .max(10_000_000, 'At most 10,000,000 sats.')
    .optional(),
});
export type SetPayoutTiming = z.infer<typeof SetPayoutTiming>;

/** `name@example.com`; looks like an e-mail address, and is where a Lightning wallet takes sats. */
export const LightningAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(320, 'A Lightning address has at most 320 characters.')
  .regex(
    /^[a-z0-9_.+-]{1,64}@[a-z0-9.-]{1,253}(:\d{1,5})?$/,
    'Write it as name@example.com, as your wallet shows it.',
  );

/** Where payouts go; null takes the address away, to be given later. */
export const SetPayoutDestination = z.strictObject({
  address: LightningAddress.nullable(),
  /** Where the settings ask for it. */
  currentPassword: z.string().max(1_024).optional(),
  /** From the e-mail, where the settings ask for it. */
  code: z.string().max(64).optional(),
});
export type SetPayoutDestination = z.input<typeof SetPayoutDestination>;

/** How a worker is paid, as the worker sees and sets it. */
export interface PayoutSettings {
  rail: string;
  destination: string | null;
  timing: SetPayoutTiming['timing'];
  /** With `at_threshold`, what payouts must come to. */
  thresholdSats: number;
  /** What the destination takes at the least; smaller payouts wait for others. */
  minSats: number;
  /** Until then nothing leaves, since the destination was changed; null where it was not. */
  heldUntil: Date | null;
  /** Whether what is kept can be withdrawn to an invoice: in live mode, where a Lightning rail is set up. */
  takesInvoice: boolean;
  /** What a change of the destination asks for: the password, or a code from an e-mail; null is nothing. */
  asks: 'password' | 'code' | null;
}

/** Everything that is kept goes where the worker is paid, or to a BOLT11 invoice over exactly that much. */
export const WithdrawPayouts = z.strictObject({
  invoice: z.string().trim().max(INVOICE_CHARS_MAX, 'This is no Lightning invoice.').optional(),
});
export type WithdrawPayouts = z.input<typeof WithdrawPayouts>;

/** One payout as its worker sees it. */
export const WorkerPayout = z.object({
  id: z.uuid(),
  /** Null of what an operator gave, which is of no task. */
  taskId: z.uuid().nullable(),
  /** What an operator gave it for; null of an answer. */
  reason: z.string().nullable(),
  amountSats: z.number().int(),
  rail: z.string(),
  status: z.enum(['held', 'pending', 'sending', 'paid', 'failed', 'cancelled']),
  /** Why the last attempt failed, or an operator holds it back or took it back; null where none is so. */
  failureReason: z.string().nullable(),
  /** What the rail took on top, paid by the platform; 0 until it is paid. */
  feeSats: z.number().int(),
  /** The rail's proof of payment, where it gives one. */
  preimage: z.string().nullable(),
  createdAt: z.date(),
  paidAt: z.date().nullable(),
});
export type WorkerPayout = z.infer<typeof WorkerPayout>;

/** A page of a worker's payouts: `after` is a former page's cursor. */
export const ListPayoutsQuery = z.object({
  limit: z.number().int().min(1).max(100).default(20),
  after: z.uuid().optional(),
  /** The same as `after`, by the name that endless lists of the pages use. */
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

/** What a worker has earned in the actor's mode, in sats. */
export const Earnings = z.object({
  /** Kept until the worker withdraws. */
  heldSats: z.number().int(),
  pendingSats: z.number().int(),
  paidSats: z.number().int(),
  /** Owed, and given up by the rail; a withdrawal tries again, to the destination of then. */
  failedSats: z.number().int(),
  /** By UTC day, oldest first, without gaps. */
  days: z.array(z.object({ day: z.string(), amountSats: z.number().int() })),
  byType: z.array(EarningsByType),
  /** Over all paid answers; null before the first. */
  satsPerHour: z.number().int().nullable(),
});
export type Earnings = z.infer<typeof Earnings>;

export type PayoutState = (typeof PAYOUT_STATES)[number];

/** Which payouts an operator wants to see; names are looked for anywhere in them. */
export const PayoutFilter = z.strictObject({
  state: z.enum(PAYOUT_STATES).optional(),
  /** The actor's own unless told. */
  mode: z.enum(['live', 'test']).optional(),
  rail: z.string().min(1).max(64).optional(),
  /** An id, or a part of the name or address. */
  worker: z.string().trim().min(1).max(200).optional(),
  /** An id, or a part of the name. */
  organization: z.string().trim().min(1).max(200).optional(),
  /** Only what was owed for at least as long. */
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
  .min(5, 'Say how you know, in 5 characters or more.')
  .max(500, 'At most 500 characters.');

/** What an operator has found out of a try that its rail cannot be asked about. */
export const EnterOutcome = z.discriminatedUnion('outcome', [
  z.strictObject({
    id: z.uuid(),
    outcome: z.literal('paid'),
    /** As the rail shows it to the holder of the account. */
    payment: z.string().trim().min(1, 'Give the id of the payment.').max(200),
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
  /** Why it needs somebody; null where it does not. */
  trouble: 'failed' | 'unknown' | 'stuck' | null;
  amountSats: number;
  rail: string;
  destination: string | null;
  /** These three are null of an operator's adjustment. */
  organizationId: string | null;
  organization: string | null;
  taskId: string | null;
  /** Why an operator gave it; null of an answer. */
  reason: string | null;
  workerId: string;
  worker: string;
  attempts: number;
  failureReason: string | null;
  /** Why an operator holds it back; null where none does. */
  holdReason: string | null;
  createdAt: Date;
  nextAttemptAt: Date | null;
  paidAt: Date | null;
}

/** One try on a rail. */
export interface PayoutTry {
  /** Also the reference that the rail was given. */
  id: string;
  number: number;
  rail: string;
  status: 'reserved' | 'sending' | 'settled' | 'failed' | 'unknown';
  /** How many payouts it carried, this one included, and what they came to. */
  payouts: number;
  amountSats: number;
  /** The rail's own reference. */
  externalId: string | null;
  paymentHash: string | null;
  /** The proof of payment: its SHA-256 is the payment hash. */
  preimage: string | null;
  feeLimitSats: number;
  feeSats: number;
  error: string | null;
  createdAt: Date;
  /** When the rail was told to pay; null where it was not. */
  sentAt: Date | null;
  finishedAt: Date | null;
}

/** What an operator can do with a payout as it stands. */
export const PAYOUT_ACTS = ['look_up', 'enter_outcome', 'hold_back', 'release', 'retry'] as const;
export type PayoutAct = (typeof PAYOUT_ACTS)[number];

export interface PayoutDetail extends PayoutLine {
  /** The tries, the first one first. */
  tries: PayoutTry[];
  acts: PayoutAct[];
  /** What operators did with it, the latest first. */
  log: { action: string; actor: string; reason: string | null; at: Date }[];
}
