import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { GoldsPage } from '@/components/dashboard/golds/golds-page';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Golds' };

export default async function Page({ params }: { params: Promise<{ type: string }> }) {
  const type = decodeURIComponent((await params).type);
  const { queryClient, trpc, session, state } = await pagePrefetch();
  const [member] = await Promise.all([
    session.member(),
    queryClient.prefetchQuery(trpc.golds.list.queryOptions({ type })),
    queryClient.prefetchQuery(trpc.taskTypes.get.queryOptions({ type })),
  ]);
  return (
    <HydrationBoundary state={state()}>
      <GoldsPage type={type} mayChange={member !== null && member.role !== 'viewer'} />
    </HydrationBoundary>
  );
}
