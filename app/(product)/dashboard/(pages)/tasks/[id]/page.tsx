import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { TaskPage } from '@/components/dashboard/tasks/page/task-page';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Task' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { queryClient, trpc, session, state } = await pagePrefetch();
  await Promise.all([
    queryClient.prefetchQuery(trpc.tasks.get.queryOptions({ id })),
    queryClient.prefetchQuery(trpc.tasks.origin.queryOptions({ id })),
    queryClient.prefetchQuery(trpc.votes.ofTask.queryOptions({ taskId: id })),
    queryClient.prefetchQuery(trpc.votes.ofAgent.queryOptions({ taskId: id })),
    queryClient.prefetchQuery(trpc.tasks.events.queryOptions({ id })),
    queryClient.prefetchQuery(trpc.deliveries.ofTask.queryOptions({ taskId: id })),
  ]);
  const role = (await session.member())?.role ?? 'viewer';
  return (
    <HydrationBoundary state={state()}>
      <TaskPage id={id} role={role} />
    </HydrationBoundary>
  );
}
