import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { Playground } from '@/components/dashboard/playground/playground';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Playground' };

export default async function PlaygroundPage() {
  const { queryClient, trpc, session, state, publicUrl } = await pagePrefetch();
  const [member] = await Promise.all([
    session.member(),
    queryClient.prefetchQuery(trpc.taskTypes.list.queryOptions({})),
    queryClient.prefetchQuery(trpc.taskTypes.skills.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={state()}>
      <Playground
        mode={member?.mode ?? 'test'}
        organizationId={member?.organizationId ?? ''}
        mayCreate={member !== null && member.role !== 'viewer'}
        publicUrl={publicUrl}
      />
    </HydrationBoundary>
  );
}
