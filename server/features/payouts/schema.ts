import { z } from 'zod';

/** When payouts leave: each by itself at once, or all together when the worker withdraws. */
export const SetPayoutTiming = z.strictObject({ timing: z.enum(['at_once', 'on_withdrawal']) });
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
export const SetPayoutDestination = z.strictObject({ address: LightningAddress.nullable() });
export type SetPayoutDestination = z.input<typeof SetPayoutDestination>;

/** How a worker is paid, as the worker sees and sets it. */
export interface PayoutSettings {
  rail: string;
  destination: string | null;
  timing: SetPayoutTiming['timing'];
}

/** One payout as its worker sees it. */
export const WorkerPayout = z.object({
  id: z.uuid(),
  taskId: z.uuid(),
  amountSats: z.number().int(),
  rail: z.string(),
  status: z.enum(['held', 'pending', 'sending', 'paid', 'failed']),
  /** Why the last attempt failed; null while none has. */
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
