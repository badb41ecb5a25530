import { z } from 'zod';
import { RiskTier, StageReport, TaskSnapshot, TaskStatus } from '@/server/features/tasks/schema';
import { Mode, probability, Timestamp, whole } from '@/server/platform/answer-fields';

/** The wire contract of receipts (snake_case JSON). Browser-safe. */

const digest = (what: string) =>
  z.string().describe(`SHA-256 of ${what} as canonical JSON (RFC 8785), in hex.`);

const ReceiptVote = z
  .object({
    worker: z.string().describe('A pseudonym, stable for a worker across an organization’s tasks.'),
    answer_sha256: digest('the answer'),
    status: z.string().describe('`accepted`, `rejected`, or `superseded` if it was not judged.'),
    agrees: z
      .boolean()
      .nullable()
      .describe('Whether it matches the verified output; null if there is none.'),
    seconds: z.number().describe('From start to submission.'),
    submitted_at: Timestamp,
    verification: z.array(StageReport).describe('The stages’ verdicts on this answer.'),
  })
  .meta({ title: 'ReceiptVote', description: 'One answer of a worker.' });

const ReceiptField = z
  .object({
    path: z.string().describe('JSON Pointer into the output.'),
    kind: z.string().describe('How its votes are counted, such as `categorical` or `number`.'),
    confidence: probability.describe('The calibrated posterior of the winner.'),
  })
  .meta({ title: 'ReceiptField', description: 'The confidence in one field of the output.' });

const PaymentProof = z
  .object({
    payment_hash: z.string().describe('SHA-256 of the preimage in hex, as in the invoice.'),
    preimage: z.string().describe('Hex; known only to the payee, and to the payer once paid.'),
  })
  .meta({ title: 'PaymentProof', description: 'Proof that a Lightning payment was settled.' });

const ReceiptPayout = z
  .object({
    id: z.string(),
    worker: z.string().describe('The payee’s pseudonym.'),
    amount_sats: whole,
    rail: z.string(),
    status: z.string().describe('`held`, `pending`, `sending`, `paid` or `failed`.'),
    paid_at: Timestamp.nullable(),
    proof: PaymentProof.nullable().describe('Null unless it was paid over Lightning.'),
  })
  .meta({ title: 'ReceiptPayout', description: 'The payment for one answer.' });

export const Receipt = z
  .object({
    object: z.literal('receipt'),
    issued_at: Timestamp.describe(
      'When it was signed: payouts may settle later than the task ends.',
    ),
    task_id: z.string(),
    mode: Mode,
    type: z.string(),
    status: TaskStatus,
    risk_tier: RiskTier,
    payload_sha256: digest('the payload'),
    output_schema_sha256: digest('the output schema'),
    output_sha256: digest('the output').nullable(),
    output: z.unknown().describe('Null unless it is verified.'),
    confidence: probability.nullable().describe('How likely the output is right, 0 to 1.'),
    confidence_basis: TaskSnapshot.shape.confidence_basis,
    fields: z.array(ReceiptField).describe('Empty if no votes were counted.'),
    votes_used: whole.describe('Accepted answers.'),
    votes: z.array(ReceiptVote).describe('Every answer, oldest first.'),
    verification: z.array(StageReport),
    payouts: z.array(ReceiptPayout),
    cost_sats: TaskSnapshot.shape.cost_sats,
    failure_reason: TaskSnapshot.shape.failure_reason,
    created_at: Timestamp,
    assigned_at: Timestamp.nullable(),
    submitted_at: Timestamp.nullable(),
    completed_at: Timestamp.nullable(),
    signature: z
      .object({
        algorithm: z.literal('ed25519'),
        public_key: z.string().describe('Base64 of the 32-byte key.'),
        value: z
          .string()
          .describe('Base64; signs the receipt without `signature`, as canonical JSON (RFC 8785).'),
      })
      .meta({
        title: 'ReceiptSignature',
        description: 'Made with a key listed at `/.well-known/humanrail-keys.json`.',
      }),
  })
  .meta({ id: 'Receipt', description: 'A signed proof of how a task was verified and paid.' });
export type Receipt = z.infer<typeof Receipt>;
