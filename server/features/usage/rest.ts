import { operation } from '@/server/transport/rest';
import { getUsage } from './get-usage';
import { Usage, UsageQuery } from './schema';

const facts = {
  tasks: {
    created: 12,
    posted: 0,
    assigned: 1,
    submitted: 0,
    verified: 10,
    failed: 1,
    cancelled: 0,
    expired: 0,
  },
  average_completion_seconds: 41.5,
  p50_completion_seconds: 38,
  p95_completion_seconds: 92,
  spent_sats: 5_500,
  fee_sats: 500,
  paid_sats: 5_000,
  refunded_sats: 550,
  held_sats: 550,
};

const time = { start_date: '2026-01-31', end_date: '2026-01-31' };
const EXAMPLE = {
  answer: {
    object: 'usage',
    mode: 'test',
    period: 'day',
    ...time,
    total: facts,
    data: [{ ...time, ...facts }],
  },
};

export const getUsageOperation = operation({
  id: 'usage.get',
  method: 'GET',
  path: '/v1/usage',
  scope: 'usage:read',
  summary: 'Get usage',
  description:
    'Tasks, durations and spending, by day, week or month, and in total. Tasks count when they were created.',
  tag: 'Usage',
  query: UsageQuery,
  responses: { 200: { description: 'The buckets and their total.', schema: Usage } },
  errors: [],
  idempotency: 'none',
  example: EXAMPLE,
  handler: async ({ actor, query }) => ({ status: 200, body: await getUsage(actor, query) }),
});
