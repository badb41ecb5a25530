import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { TypeList } from '@/components/dashboard/task-types/type-list';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Task types' };

export default async function TaskTypesPage() {
  const { queryClient, trpc, session, state } = await pagePrefetch();
  const [member] = await Promise.all([
    session.member(),
    queryClient.prefetchQuery(trpc.taskTypes.list.queryOptions({})),
    queryClient.prefetchQuery(trpc.tasks.typeFigures.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={state()}>
      <TypeList mayChange={member !== null && member.role !== 'viewer'} />
    </HydrationBoundary>
  );
}
