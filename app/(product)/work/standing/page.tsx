import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { StandingPage } from '@/components/work/standing/standing';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Standing' };

export default async function Page() {
  const { queryClient, trpc, state } = await pagePrefetch();
  await queryClient.prefetchQuery(trpc.standing.get.queryOptions());
  return (
    <HydrationBoundary state={state()}>
      <StandingPage />
    </HydrationBoundary>
  );
}
