import { z } from 'zod';
import { Timestamp, whole } from '@/server/platform/answer-fields';

/** The wire contract of L402 (snake_case JSON) and inputs of operators' pages. Browser-safe. */

const RefundStatus = z.enum(['none', 'waiting', 'ready', 'sending', 'paid']).meta({
  title: 'L402RefundStatus',
  description:
    '`waiting`: the task has not ended. `none`: nothing is left over. `ready`: any Lightning wallet can claim it through `lnurl`. `sending`: it was claimed and is on its way. `paid`: it has arrived.',
});

export const L402Purchase = z
  .object({
    object: z.literal('l402_purchase'),
    id: z.uuid(),
    amount_sats: whole.describe('The amount of its invoice: the task’s maximum cost.'),
    received_sats: whole.nullable().describe('Sats received; null until paid.'),
    payment_hash: z.string().describe('The invoice’s payment hash, 64 hexadecimal digits.'),
    task_id: z.uuid().nullable().describe('Null until the task is created.'),
    charged_sats: whole
      .nullable()
      .describe('The task’s cost including the fee; null until the task is created.'),
    refund: z
      .object({
        status: RefundStatus,
        amount_sats: whole.describe('The amount to refund or refunded; 0 while unknown.'),
        lnurl: z
          .string()
          .nullable()
          .describe('An LNURL-withdraw in upper case, ready for a QR code; null unless `ready`.'),
      })
      .meta({ title: 'L402Refund', description: 'The refund of what was paid but not charged.' }),
    created_at: Timestamp,
    paid_at: Timestamp.nullable().describe('When it was paid; null until then.'),
  })
  .meta({
    id: 'L402Purchase',
    description: 'A task paid for over Lightning, without an API key.',
  });
export type L402Purchase = z.infer<typeof L402Purchase>;

export const SaveOffering = z.strictObject({ enabled: z.boolean() });

/** What operators see. */
export interface Offering {
  enabled: boolean;
  /** The owner of these tasks; null until they are first offered. */
  organization: { id: string; name: string } | null;
  hasLightning: boolean;
}
