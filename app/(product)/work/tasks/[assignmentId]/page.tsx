import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { TaskDesk } from '@/components/work/task/task-desk';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Task' };

export default async function Page({ params }: { params: Promise<{ assignmentId: string }> }) {
  const { assignmentId } = await params;
  const { queryClient, trpc, state } = await pagePrefetch();
  await Promise.all([
    queryClient.prefetchQuery(trpc.workers.profile.queryOptions()),
    queryClient.prefetchQuery(trpc.workers.preferences.queryOptions()),
    queryClient.prefetchQuery(trpc.assignments.get.queryOptions({ assignmentId })),
  ]);
  return (
    <HydrationBoundary state={state()}>
      {/* Each task starts with an empty form and counters at zero. */}
      <TaskDesk key={assignmentId} assignmentId={assignmentId} />
    </HydrationBoundary>
  );
}
