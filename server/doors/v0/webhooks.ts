import { TestV0Callback, V0CallbackTest } from '@/server/features/v0/schema';
import { testCallback } from '@/server/features/webhooks';
import { operation } from '@/server/transport/rest';

export const testV0CallbackOperation = operation({
  id: 'v0.webhooks.test',
  method: 'POST',
  path: '/v0/webhooks/test',
  scope: 'webhooks:write',
  summary: 'Send a test event to a callback URL',
  tag: 'Webhooks',
  body: TestV0Callback,
  responses: { 200: { description: 'The URL’s response.', schema: V0CallbackTest } },
  errors: [],
  idempotency: 'stored',
  handler: async ({ actor, body }) => {
    const { eventId, deliveredAt, statusCode, error } = await testCallback(actor, body);
    return {
      status: 200,
      body: {
        eventId,
        ...(deliveredAt === null ? {} : { deliveredAt: deliveredAt.toISOString() }),
        ...(statusCode === null ? {} : { statusCode }),
        ...(error === null ? {} : { error }),
      },
    };
  },
});
