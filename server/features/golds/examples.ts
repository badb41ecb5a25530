/** One gold, as the documentation shows it. */

const type = 'refund_check';
const id = '0198d0a4-7c1e-7a52-9f0e-2f6f6f0c7a11';
const content = {
  payload: { request: 'The parcel came broken.', policy: 'Broken goods are refunded.' },
  expected_output: { eligible: true },
  explanation: 'The policy covers broken goods.',
};

const gold = {
  object: 'gold',
  id,
  type,
  ...content,
  quiz: false,
  served: 0,
  correct: 0,
  retired_at: null,
  created_at: '2026-01-31T11:00:00.000Z',
};

export const EXAMPLES = {
  list: { params: { type }, answer: { data: [gold], has_more: false, next_cursor: null } },
  create: { params: { type }, body: content, answer: gold },
  delete: { params: { type, id }, answer: { object: 'gold', id, deleted: true } },
};
