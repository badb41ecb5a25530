import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { insightQueriesOf, insightStateOf } from '@/components/dashboard/insight/insight-address';
import { InsightPage } from '@/components/dashboard/insight/insight-page';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Insight' };

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const params = await searchParams;
  const queries = insightQueriesOf(
    insightStateOf((name) => [params[name] ?? null].flat()[0] ?? null),
  );
  const { queryClient, trpc, state } = await pagePrefetch();
  await Promise.all([
    queryClient.prefetchQuery(trpc.insight.activity.queryOptions(queries.activity)),
    queryClient.prefetchQuery(trpc.insight.agreement.queryOptions(queries.activity)),
    queryClient.prefetchQuery(trpc.insight.calibration.queryOptions(queries.calibration)),
    queryClient.prefetchQuery(trpc.insight.confidence.queryOptions(queries.activity)),
    queryClient.prefetchQuery(trpc.tasks.types.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={state()}>
      <InsightPage />
    </HydrationBoundary>
  );
}
