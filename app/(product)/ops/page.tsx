import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { OpsOverview } from '@/components/ops/home/overview';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Overview' };

export default async function OpsPage() {
  const { queryClient, trpc, state } = await pagePrefetch();
  await queryClient.prefetchQuery(trpc.operations.overview.queryOptions());
  return (
    <HydrationBoundary state={state()}>
      <OpsOverview />
    </HydrationBoundary>
  );
}
