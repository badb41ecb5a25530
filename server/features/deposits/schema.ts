import { z } from 'zod';
import { Mode, Timestamp, whole } from '@/server/platform/answer-fields';

/** The wire contract of deposits (snake_case JSON), and what the pages ask for. Browser-safe. */

/** One payment over Lightning seldom comes through with more. */
export const DEPOSIT_SATS_MAX = 10_000_000;
/** How long an invoice can be paid. */
export const DEPOSIT_SECONDS = 3_600;

const AmountSats = z
  .number({ error: 'Enter whole sats.' })
  .int('Enter whole sats.')
  .min(1, 'Enter at least one sat.')
  .max(DEPOSIT_SATS_MAX, 'At most 10,000,000 sats at a time.');

export const CreateDeposit = z
  .strictObject({
    amount_sats: AmountSats.describe('What to pay in: 1 to 10,000,000 sats.'),
  })
  .meta({ id: 'CreateDeposit', description: 'How much to pay in.' });

/** The same from a page; `key` is made by it, and makes one deposit however often it is sent. */
export const AddFunds = z.strictObject({ key: z.uuid(), amountSats: AmountSats });
export type AddFunds = z.infer<typeof AddFunds>;

const DepositStatus = z.enum(['open', 'settled', 'expired']).meta({
  title: 'DepositStatus',
  description:
    '`settled`: it came in and can be spent. `expired`: nothing had come in when its invoice expired.',
});

export const Deposit = z
  .object({
    id: z.uuid(),
    object: z.literal('deposit'),
    mode: Mode,
    status: DepositStatus,
    amount_sats: whole.describe('What its invoice is over.'),
    received_sats: whole
      .nullable()
      .describe(
        'What came in, and was credited; null until it is settled. A payer may pay more than is asked.',
      ),
    invoice: z
      .string()
      .nullable()
      .describe('The BOLT11 invoice to pay; null in test mode, where play sats come in at once.'),
    payment_hash: z
      .string()
      .nullable()
      .describe('The invoice’s payment hash, 64 hexadecimal digits; null in test mode.'),
    created_at: Timestamp,
    expires_at: Timestamp.describe('Until when the invoice can be paid.'),
    settled_at: Timestamp.nullable().describe('Null until it is settled.'),
  })
  .meta({ id: 'Deposit', description: 'Sats that an organization pays in over Lightning.' });
export type Deposit = z.infer<typeof Deposit>;

export const OneDeposit = z.strictObject({ id: z.string().max(64) });

export const DepositsQuery = z.strictObject({
  limit: z.number().int().min(1).max(100).default(20),
  /** The `next_cursor` of the page before. */
  after: z.string().max(256).optional(),
});
export type DepositsQuery = z.infer<typeof DepositsQuery>;

/** A deposit as operators see it. */
export interface DepositLine extends Deposit {
  rail: string;
}
