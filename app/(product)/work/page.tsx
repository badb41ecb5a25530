import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { Queue } from '@/components/work/queue/queue';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Queue' };

export default async function WorkPage() {
  const { queryClient, trpc, state } = await pagePrefetch();
  await Promise.all([
    queryClient.prefetchQuery(trpc.workers.profile.queryOptions()),
    queryClient.prefetchQuery(trpc.workers.preferences.queryOptions()),
    queryClient.prefetchQuery(trpc.assignments.list.queryOptions()),
    queryClient.prefetchQuery(trpc.queue.list.queryOptions({})),
    queryClient.prefetchQuery(trpc.queue.counts.queryOptions()),
    queryClient.prefetchQuery(trpc.payouts.paidSats.queryOptions()),
    queryClient.prefetchQuery(trpc.ledger.workerBalance.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={state()}>
      <Queue />
    </HydrationBoundary>
  );
}
