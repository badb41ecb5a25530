import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { RailsPage } from '@/components/ops/payouts/rails/rails-page';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Rails' };

export default async function OpsRailsPage() {
  const { queryClient, trpc, state } = await pagePrefetch();
  await Promise.all([
    queryClient.prefetchQuery(trpc.rails.list.queryOptions()),
    queryClient.prefetchQuery(trpc.reconciliation.get.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={state()}>
      <RailsPage />
    </HydrationBoundary>
  );
}
