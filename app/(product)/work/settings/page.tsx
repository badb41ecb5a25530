import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { WorkSettings } from '@/components/work/work-settings';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Settings' };

export default async function Page() {
  const { queryClient, trpc, state } = await pagePrefetch();
  await Promise.all([
    queryClient.prefetchQuery(trpc.workers.profile.queryOptions()),
    queryClient.prefetchQuery(trpc.workers.preferences.queryOptions()),
    queryClient.prefetchQuery(trpc.rates.choice.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={state()}>
      <WorkSettings />
    </HydrationBoundary>
  );
}
