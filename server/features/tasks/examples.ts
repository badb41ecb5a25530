import type { Task } from './schema';

/** The life of one task, for the documentation. */

const id = '0198a1f2-6c3e-7d4b-9a05-1f2e3d4c5b6a';
const createdAt = '2026-01-31T12:00:00.000Z';
const expiresAt = '2026-01-31T12:05:00.000Z';

export const createBody = {
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
  redundancy: { min_votes: 1, max_votes: 2, target_confidence: 0.8, vote_value: 1 },
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
  cost_sats: { held: 1100, charged: 0, fee: 0 },
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
const costSats = { held: 1100, charged: 550, fee: 50 };

/** The verified task; events contain it as well. */
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
      status: 'paid',
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
};
