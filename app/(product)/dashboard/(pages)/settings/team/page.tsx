import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { Team } from '@/components/dashboard/team/team';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Team' };

export default async function TeamPage() {
  const { queryClient, trpc, session, state } = await pagePrefetch();
  await queryClient.prefetchQuery(trpc.team.list.queryOptions());
  const member = await session.member();
  return (
    <HydrationBoundary state={state()}>
      <Team role={member?.role ?? 'viewer'} userId={member?.userId ?? ''} />
    </HydrationBoundary>
  );
}
