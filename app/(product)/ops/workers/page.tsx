import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { Workers } from '@/components/ops/workers/workers';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Workers' };

export default async function WorkersPage() {
  const { queryClient, trpc, state } = await pagePrefetch();
  await Promise.all([
    queryClient.prefetchQuery(trpc.onboarding.countWorkers.queryOptions()),
    queryClient.prefetchQuery(trpc.onboarding.skillNames.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={state()}>
      <Workers />
    </HydrationBoundary>
  );
}
