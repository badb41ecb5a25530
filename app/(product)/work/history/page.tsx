import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { History } from '@/components/work/history/history';
import { historyFilterOf } from '@/components/work/history/history-filter';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'History' };

export default async function HistoryPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const asked = await searchParams;
  const filter = historyFilterOf((name) => (typeof asked[name] === 'string' ? asked[name] : null));
  const { queryClient, trpc, state } = await pagePrefetch();
  await Promise.all([
    queryClient.prefetchQuery(trpc.assignments.answers.queryOptions(filter)),
    queryClient.prefetchQuery(trpc.assignments.answeredTypes.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={state()}>
      <History />
    </HydrationBoundary>
  );
}
