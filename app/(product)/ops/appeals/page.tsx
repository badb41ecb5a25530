import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { AppealsPage } from '@/components/ops/appeals/appeals-page';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Appeals' };

export default async function OpsAppealsPage() {
  const { queryClient, trpc, state } = await pagePrefetch();
  await Promise.all([
    queryClient.prefetchQuery(trpc.appeals.list.queryOptions({ shown: 'open' })),
    queryClient.prefetchQuery(trpc.appeals.rates.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={state()}>
      <AppealsPage />
    </HydrationBoundary>
  );
}
