import { CreateTask, Quote } from '@/server/features/tasks/schema';
import { operation } from '@/server/transport/rest';
import { QUOTE_EXAMPLE } from './example';
import { quoteTask } from './quote-task';

export const quoteTaskOperation = operation({
  id: 'quotes.create',
  method: 'POST',
  path: '/v1/quotes',
  scope: 'tasks:read',
  summary: 'What a task would cost, how long it would take, and how sure it would be',
  description:
    'Takes the body of a create without creating anything. `tiers` contains the cost and expected result of each risk tier.',
  tag: 'Tasks',
  body: CreateTask,
  responses: { 200: { description: 'The quote.', schema: Quote } },
  errors: [
    { status: 422, code: 'invalid_output_schema' },
    { status: 422, code: 'unknown_skill' },
    { status: 422, code: 'no_eligible_worker' },
  ],
  idempotency: 'none',
  example: QUOTE_EXAMPLE,
  handler: async ({ actor, body }) => ({ status: 200, body: await quoteTask(actor, body) }),
});
