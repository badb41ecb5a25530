import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { People } from '@/components/dashboard/people/people';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'People' };

export default async function PeoplePage() {
  const { queryClient, trpc, session, state } = await pagePrefetch();
  await Promise.all([
    queryClient.prefetchQuery(trpc.people.list.queryOptions({ limit: 25 })),
    queryClient.prefetchQuery(trpc.people.pool.queryOptions()),
    queryClient.prefetchQuery(trpc.people.skills.queryOptions()),
  ]);
  const role = (await session.member())?.role ?? 'viewer';
  return (
    <HydrationBoundary state={state()}>
      <People manages={role === 'owner' || role === 'admin'} mode={session.mode} />
    </HydrationBoundary>
  );
}
