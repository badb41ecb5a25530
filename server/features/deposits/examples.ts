/** One deposit, as the documentation shows it. */

const id = '0198d7b2-5a3c-7e19-8f40-6b1c2d3e4f50';

const deposit = {
  id,
  object: 'deposit',
  mode: 'live',
  status: 'open',
  amount_sats: 50_000,
  received_sats: null,
  invoice: 'lnbc500u1p4qz7xppp5…',
  payment_hash: '3f8a1c5d7e9b0a2c4d6e8f0a1b3c5d7e9f1a2b4c6d8e0f2a3b5c7d9e1f3a5b7c',
  created_at: '2026-01-31T11:30:00.000Z',
  expires_at: '2026-01-31T12:30:00.000Z',
  settled_at: null,
};

const settled = {
  ...deposit,
  status: 'settled',
  received_sats: 50_000,
  settled_at: '2026-01-31T11:30:41.000Z',
};

export const EXAMPLES = {
  create: { body: { amount_sats: 50_000 }, answer: deposit },
  get: { params: { id }, answer: settled },
  list: { answer: { data: [settled], has_more: false, next_cursor: null } },
};
