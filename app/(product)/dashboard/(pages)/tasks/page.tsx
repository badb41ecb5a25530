import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { listStateOf, pageOf } from '@/components/dashboard/tasks/list/list-address';
import { TaskList } from '@/components/dashboard/tasks/list/task-list';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Tasks' };

export default async function TasksPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const nowMs = Date.now();
  const page = pageOf(listStateOf(await searchParams), nowMs);
  const { queryClient, trpc, session, state } = await pagePrefetch();
  await Promise.all([
    queryClient.prefetchQuery(trpc.tasks.find.queryOptions(page)),
    queryClient.prefetchQuery(trpc.tasks.types.queryOptions()),
  ]);
  const role = (await session.member())?.role ?? 'viewer';
  return (
    <HydrationBoundary state={state()}>
      <TaskList role={role} mode={session.mode} nowMs={nowMs} />
    </HydrationBoundary>
  );
}
