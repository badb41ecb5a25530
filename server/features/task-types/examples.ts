/** One saved type, as the documentation shows it. */

const type = 'refund_check';
const saved = {
  title: 'Refund check',
  description: 'Does a refund request meet the policy?',
  instructions: 'Compare the request with the policy.',
  output_schema: {
    type: 'object',
    required: ['eligible'],
    properties: { eligible: { type: 'boolean' } },
  },
  payout_sats: 300,
  sla_seconds: 600,
  skills_required: ['refund_eligibility'],
};

const taskType = {
  object: 'task_type',
  type,
  ...saved,
  payload_ui: {},
  rules: [],
  redundancy: {},
  gold_rate: null,
  risk_tier: null,
  pool: 'public',
  policy: {},
  check_url: null,
  agent_votes: false,
  shipped: false,
  version: 1,
  created_at: '2026-01-31T11:00:00.000Z',
  updated_at: '2026-01-31T11:00:00.000Z',
};

export const EXAMPLES = {
  list: { answer: { data: [taskType], has_more: false, next_cursor: null } },
  put: { params: { type }, body: saved, answer: taskType },
  delete: { params: { type }, answer: { object: 'task_type', type, deleted: true } },
};
