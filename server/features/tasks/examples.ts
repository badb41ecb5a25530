import type { Task } from './schema';

/** The life of one task, as the documentation shows it. */

const id = '0198a1f2-6c3e-7d4b-9a05-1f2e3d4c5b6a';
const createdAt = '2026-01-31T12:00:00.000Z';
const expiresAt = '2026-01-31T12:05:00.000Z';

const createBody = {
  type: 'content_review',
  payload: { text: 'Is this review genuine?', content: 'Great product, 5 stars!' },
  output_schema: {
    type: 'object',
    required: ['verdict'],
    properties: {
      verdict: { type: 'string', enum: ['genuine', 'ai_generated', 'uncertain'] },
      notes: { type: 'string' },
    },
  },
  payout_sats: 500,
  sla_seconds: 300,
  skills_required: ['content_review'],
};

const posted: Task = {
  id,
  object: 'task',
  mode: 'test',
  status: 'posted',
  ...createBody,
  risk_tier: 'medium',
  redundancy: { min_votes: 1, max_votes: 1, target_confidence: 0.9, vote_value: 0.01 },
  instructions: '',
  metadata: {},
  callback_url: null,
  idempotency_key: null,
  output: null,
  confidence: null,
  confidence_basis: null,
  votes_used: 0,
  dissent: [],
  correction: null,
  verification: [],
  payouts: [],
  cost_sats: { held: 550, charged: 0, fee: 0 },
  failure_reason: null,
  created_at: createdAt,
  assigned_at: null,
  submitted_at: null,
  completed_at: null,
  updated_at: createdAt,
  expires_at: expiresAt,
};

const verification = [
  { stage: 'schema', verdict: 'pass', reason: null, score: null },
  { stage: 'rules', verdict: 'pass', reason: null, score: null },
];
const costSats = { held: 550, charged: 550, fee: 50 };

/** The task once it is verified; events carry it as well. */
export const verifiedTask: Task = {
  ...posted,
  status: 'verified',
  output: { verdict: 'ai_generated', notes: 'No detail about the product.' },
  confidence: 0.93,
  confidence_basis: 'calibrated',
  votes_used: 1,
  verification,
  payouts: [
    {
      id: '0198a1f3-0b6d-7c11-8f42-6a5b4c3d2e1f',
      amount_sats: 500,
      rail: 'sandbox',
      status: 'settled',
      paid_at: '2026-01-31T12:00:09.000Z',
    },
  ],
  cost_sats: costSats,
  assigned_at: '2026-01-31T12:00:00.250Z',
  submitted_at: '2026-01-31T12:00:07.000Z',
  completed_at: '2026-01-31T12:00:07.400Z',
  updated_at: '2026-01-31T12:00:09.000Z',
};

const params = { id };

export const EXAMPLES = {
  create: { body: createBody, answer: posted },
  createBatch: {
    body: { tasks: [createBody] },
    answer: { object: 'batch', data: [{ status: 201, task: posted }] },
  },
  get: { params, answer: verifiedTask },
  list: { answer: { data: [verifiedTask], has_more: false, next_cursor: null } },
  cancel: {
    params,
    answer: { ...posted, status: 'cancelled', completed_at: expiresAt, updated_at: expiresAt },
  },
  events: {
    params,
    answer: {
      data: [
        {
          id: '0198a1f2-6c40-7a0e-8b1d-2c3d4e5f6a7b',
          object: 'task_event',
          task_id: id,
          sequence: 1,
          type: 'task.created',
          status: 'posted',
          data: {},
          created_at: createdAt,
        },
      ],
    },
  },
  receipt: {
    params,
    answer: {
      object: 'receipt',
      task_id: id,
      mode: 'test',
      type: 'content_review',
      status: 'verified',
      payload_sha256: '8f0e1c5b7a9d3e2f4b6c8d0a1e3f5c7b9d2e4f6a8c0b1d3e5f7a9c2b4d6e8f01',
      output_schema_sha256: '1d3e5f7a9c2b4d6e8f018f0e1c5b7a9d3e2f4b6c8d0a1e3f5c7b9d2e4f6a8c0b',
      output: verifiedTask.output,
      confidence: 0.93,
      votes_used: 1,
      verification,
      cost_sats: costSats,
      created_at: createdAt,
      completed_at: verifiedTask.completed_at,
      signature: {
        algorithm: 'ed25519',
        public_key: 'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=',
        value:
          'qfb1H2mX0yJ8o4yq3m0kqf7oVb6W3f5n1mYp1j9vE0m2h8n6c4xk7QnT5dJrWwR0bq1sLzXcVtY8uKpNaMfDAg==',
      },
    },
  },
  quote: {
    body: createBody,
    answer: {
      object: 'quote',
      cost_sats: { held: 550, payout_max: 500, fee_max: 50 },
      eligible_workers: 12,
      online_workers: 4,
      expected_seconds: { p50: 6, p90: 14 },
      warnings: [],
    },
  },
};
