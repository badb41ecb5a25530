/** The published v0 clients' request to create a task, without its `idempotencyKey`. */
export const V0_CREATE = {
  taskType: 'refund_eligibility_v0',
  riskTier: 'medium',
  slaSeconds: 300,
  payload: { orderId: 'order-12345', orderTotal: 89.99 },
  outputSchema: {
    type: 'object',
    required: ['eligible'],
    properties: { eligible: { type: 'boolean' } },
  },
  payout: { currency: 'USD', maxAmount: 0.5 },
};
