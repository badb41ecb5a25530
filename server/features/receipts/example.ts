import { verifiedTask } from '@/server/features/tasks';
import type { Receipt } from './schema';

const worker = 'Worker Q7KM2';
const [payout] = verifiedTask.payouts;

const answer: Receipt = {
  object: 'receipt',
  issued_at: '2026-01-31T12:01:00.000Z',
  task_id: verifiedTask.id,
  mode: 'test',
  type: verifiedTask.type,
  status: 'verified',
  risk_tier: verifiedTask.risk_tier,
  payload_sha256: '8f0e1c5b7a9d3e2f4b6c8d0a1e3f5c7b9d2e4f6a8c0b1d3e5f7a9c2b4d6e8f01',
  output_schema_sha256: '1d3e5f7a9c2b4d6e8f018f0e1c5b7a9d3e2f4b6c8d0a1e3f5c7b9d2e4f6a8c0b',
  output_sha256: '5b7a9d3e2f4b6c8d0a1e3f5c7b9d2e4f6a8c0b1d3e5f7a9c2b4d6e8f018f0e1c',
  output: verifiedTask.output,
  confidence: 0.93,
  confidence_basis: 'calibrated',
  fields: [{ path: '/verdict', kind: 'categorical', confidence: 0.93 }],
  votes_used: 1,
  votes: [
    {
      worker,
      answer_sha256: '5b7a9d3e2f4b6c8d0a1e3f5c7b9d2e4f6a8c0b1d3e5f7a9c2b4d6e8f018f0e1c',
      status: 'accepted',
      agrees: true,
      seconds: 6.75,
      submitted_at: '2026-01-31T12:00:07.000Z',
      verification: verifiedTask.verification,
    },
  ],
  verification: verifiedTask.verification,
  payouts: [
    {
      id: payout?.id ?? '',
      worker,
      amount_sats: 500,
      rail: 'sandbox',
      status: 'paid',
      paid_at: '2026-01-31T12:00:09.000Z',
      proof: {
        payment_hash: 'e327929a8208530455c36aebfec59a3dd8a28ea4a07ae189372a1c04e5990616',
        preimage: '3c5b7a9d3e2f4b6c8d0a1e3f5c7b9d2e4f6a8c0b1d3e5f7a9c2b4d6e8f018f0e',
      },
    },
  ],
  cost_sats: verifiedTask.cost_sats,
  failure_reason: null,
  created_at: verifiedTask.created_at,
  assigned_at: verifiedTask.assigned_at,
  submitted_at: verifiedTask.submitted_at,
  completed_at: verifiedTask.completed_at,
  signature: {
    algorithm: 'ed25519',
    public_key: '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
    value:
      'qfb1H2mX0yJ8o4yq3m0kqf7oVb6W3f5n1mYp1j9vE0m2h8n6c4xk7QnT5dJrWwR0bq1sLzXcVtY8uKpNaMfDAg==',
  },
};

/** A receipt as the documentation shows it. */
export const EXAMPLE = { params: { id: verifiedTask.id }, answer };
