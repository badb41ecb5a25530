/** A purchase whose task has expired, as the documentation shows it. */
export const EXAMPLES = {
  get: {
    answer: {
      object: 'l402_purchase',
      id: '0198d7b2-5a3c-7e19-8f40-6b1c2d3e4f51',
      amount_sats: 105,
      received_sats: 105,
      payment_hash: '3f8a1c5d7e9b0a2c4d6e8f0a1b3c5d7e9f1a2b4c6d8e0f2a3b5c7d9e1f3a5b7c',
      task_id: '0198d7b2-6b10-7c44-9a21-0d2e4f6a8b90',
      charged_sats: 0,
      refund: { status: 'ready', amount_sats: 105, lnurl: 'LNURL1DP68GURN8GHJ7ETCV9KHQMR9…' },
      created_at: '2026-01-31T11:30:00.000Z',
      paid_at: '2026-01-31T11:30:04.000Z',
    },
  },
};
