import { z } from 'zod';
import { Mode, Timestamp, whole } from '@/server/platform/answer-fields';

/** The wire contract of deposits (snake_case JSON) and page inputs. Browser-safe. */

/** A single Lightning payment rarely succeeds above this. */
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
    amount_sats: AmountSats.describe('Amount to pay in: 1 to 10,000,000 sats.'),
  })
  .meta({ id: 'CreateDeposit', description: 'A deposit to create.' });

/** The same from a page; `key` is the page's idempotency key. */
export const AddFunds = z.strictObject({ key: z.uuid(), amountSats: AmountSats });
export type AddFunds = z.infer<typeof AddFunds>;

const DepositStatus = z.enum(['open', 'settled', 'expired']).meta({
  title: 'DepositStatus',
  description: '`settled`: received and available to spend. `expired`: the invoice expired unpaid.',
});

export const Deposit = z
  .object({
    id: z.uuid(),
    object: z.literal('deposit'),
    mode: Mode,
    status: DepositStatus,
    amount_sats: whole.describe('The amount of its invoice.'),
    received_sats: whole
      .nullable()
      .describe(
        'Sats received and credited; null until settled. A payer may pay more than the invoice asks for.',
      ),
    invoice: z
      .string()
      .nullable()
      .describe(
        'The BOLT11 invoice to pay; null in test mode, where play sats are credited at once.',
      ),
    payment_hash: z
      .string()
      .nullable()
      .describe('The invoice’s payment hash, 64 hexadecimal digits; null in test mode.'),
    created_at: Timestamp,
    expires_at: Timestamp.describe('When the invoice expires.'),
    settled_at: Timestamp.nullable().describe('Null until it is settled.'),
  })
  .meta({ id: 'Deposit', description: 'Sats that an organization pays in over Lightning.' });
export type Deposit = z.infer<typeof Deposit>;

export const OneDeposit = z.strictObject({ id: z.string().max(64) });

export const DepositsQuery = z.strictObject({
  limit: z.number().int().min(1).max(100).default(20),
  /** The `next_cursor` of the previous page. */
  after: z.string().max(256).optional(),
});
export type DepositsQuery = z.infer<typeof DepositsQuery>;

/** A deposit as operators see it. */
export interface DepositLine extends Deposit {
  rail: string;
}
