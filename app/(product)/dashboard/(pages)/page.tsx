import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { Overview } from '@/components/dashboard/overview/overview';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Overview' };

export default async function OverviewPage() {
  const { queryClient, trpc, session, state, publicUrl } = await pagePrefetch();
  await Promise.all([
    queryClient.prefetchQuery(trpc.ledger.balance.queryOptions()),
    queryClient.prefetchQuery(trpc.tasks.counts.queryOptions()),
    queryClient.prefetchQuery(trpc.tasks.list.queryOptions({ limit: 6 })),
    queryClient.prefetchQuery(trpc.apiKeys.list.queryOptions({})),
    queryClient.prefetchQuery(trpc.webhooks.list.queryOptions({ limit: 100 })),
  ]);
  const role = (await session.member())?.role ?? 'viewer';
  return (
    <HydrationBoundary state={state()}>
      <Overview mode={session.mode} publicUrl={publicUrl} role={role} />
    </HydrationBoundary>
  );
}
