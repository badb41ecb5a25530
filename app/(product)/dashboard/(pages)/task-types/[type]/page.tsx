import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { TypePage } from '@/components/dashboard/task-types/type-page';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Task type' };

export default async function Page({ params }: { params: Promise<{ type: string }> }) {
  const type = decodeURIComponent((await params).type);
  const { queryClient, trpc, session, state } = await pagePrefetch();
  const [member] = await Promise.all([
    session.member(),
    queryClient.prefetchQuery(trpc.taskTypes.get.queryOptions({ type })),
    queryClient.prefetchQuery(trpc.taskTypes.versions.queryOptions({ type })),
    queryClient.prefetchQuery(trpc.taskTypes.skills.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={state()}>
      <TypePage type={type} mayChange={member !== null && member.role !== 'viewer'} />
    </HydrationBoundary>
  );
}
