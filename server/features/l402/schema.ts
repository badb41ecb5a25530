import { z } from 'zod';
import { Timestamp, whole } from '@/server/platform/answer-fields';

/** The wire contract of L402 (snake_case JSON), and what the operators' pages ask for. Browser-safe. */

const RefundStatus = z.enum(['none', 'waiting', 'ready', 'sending', 'paid']).meta({
  title: 'L402RefundStatus',
  description:
    '`waiting`: the task has not ended. `none`: nothing was left over. `ready`: any Lightning wallet can claim it by `lnurl`. `sending`: it was claimed and is on its way. `paid`: it has arrived.',
});

export const L402Purchase = z
  .object({
    object: z.literal('l402_purchase'),
    id: z.uuid(),
    amount_sats: whole.describe('What its invoice is over: the most that the task can cost.'),
    received_sats: whole.nullable().describe('What came in; null until it has.'),
    payment_hash: z.string().describe('Of its invoice, 64 hexadecimal digits.'),
    task_id: z.uuid().nullable().describe('Null until the task is created.'),
    charged_sats: whole
      .nullable()
      .describe('What the task has cost, the fee included; null until it is created.'),
    refund: z
      .object({
        status: RefundStatus,
        amount_sats: whole.describe('What comes back, or has; 0 while that is not known.'),
        lnurl: z
          .string()
          .nullable()
          .describe(
            'An LNURL-withdraw, in capital letters, as QR codes want it; null unless `ready`.',
          ),
      })
      .meta({ title: 'L402Refund', description: 'What was paid and not charged comes back.' }),
    created_at: Timestamp,
    paid_at: Timestamp.nullable().describe('When it came in; null until it has.'),
  })
  .meta({
    id: 'L402Purchase',
    description: 'A task that is paid for by Lightning, without an API key.',
  });
export type L402Purchase = z.infer<typeof L402Purchase>;

export const SaveOffering = z.strictObject({ enabled: z.boolean() });

/** What operators see of it. */
export interface Offering {
  enabled: boolean;
  /** Whose tasks they are; null until they are offered for the first time. */
  organization: { id: string; name: string } | null;
  hasLightning: boolean;
}
