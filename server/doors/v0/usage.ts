import { satsPerUsd } from '@/server/features/rates';
import { countPaid, firstDayOf, getUsage } from '@/server/features/usage';
import { UsageQuery } from '@/server/features/usage/schema';
import { V0Usage, V0UsagePeriod } from '@/server/features/v0/schema';
import type { OrganizationActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { operation } from '@/server/transport/rest';

const V0UsageQuery = UsageQuery.extend({ period: V0UsagePeriod.default('month') });

/** Usage of one period, or between two dates, as one sum. */
async function usageOf(
  actor: OrganizationActor,
  query: {
    period: 'day' | 'week' | 'month';
    start_date?: string | undefined;
    end_date?: string | undefined;
  },
) {
  const { period } = query;
  const endDate = query.end_date ?? clock.now().toISOString().slice(0, 10);
  const startDate = query.start_date ?? firstDayOf(period, endDate);
  const usage = await getUsage(actor, { period, start_date: startDate, end_date: endDate });
  const { tasks, paid_sats: totalSats, average_completion_seconds: average } = usage.total;
  return {
    period,
    startDate,
    endDate,
    tasks: {
      total: tasks.created,
      verified: tasks.verified,
      failed: tasks.failed,
      cancelled: tasks.cancelled,
      expired: tasks.expired,
      ...(average === null ? {} : { averageCompletionSeconds: average }),
    },
    payouts: {
      // Six decimals: a sat is a small part of a cent.
      totalUsd: Math.round((totalSats / (await satsPerUsd())) * 1e6) / 1e6,
      totalSats,
      count: await countPaid(actor, { startDate, endDate }),
    },
  };
}

function usageOperation(id: string, path: `/${string}`) {
  return operation({
    id,
    method: 'GET',
    path,
    scope: 'usage:read',
    summary: 'Get usage',
    tag: 'Usage',
    query: V0UsageQuery,
    responses: { 200: { description: 'The sums.', schema: V0Usage } },
    errors: [],
    idempotency: 'none',
    handler: async ({ actor, query }) => ({ status: 200, body: await usageOf(actor, query) }),
  });
}

/** The client's documentation has it at one path, the published MCP server uses the other. */
export const getV0UsageOperation = usageOperation('v0.usage.get', '/v0/usage');
export const getV0OrganizationUsageOperation = usageOperation(
  'v0.usage.get_of_organization',
  '/v0/org/usage',
);
