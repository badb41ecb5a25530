import { operation } from '@/server/transport/rest';
import { getUsage } from './get-usage';
import { Usage, UsageQuery } from './schema';

export const getUsageOperation = operation({
  id: 'usage.get',
  method: 'GET',
  path: '/v1/usage',
  scope: 'usage:read',
  summary: 'Get usage',
  description:
    'What you asked, waited and paid, by day, week or month, and in all. Tasks count in the time in which they were created.',
  tag: 'Usage',
  query: UsageQuery,
  responses: { 200: { description: 'The buckets and their total.', schema: Usage } },
  errors: [],
  idempotency: 'none',
  handler: async ({ actor, query }) => ({ status: 200, body: await getUsage(actor, query) }),
});
