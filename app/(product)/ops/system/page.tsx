import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { SystemPage } from '@/components/ops/system/system-page';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'System' };

export default async function OpsSystemPage() {
  const { queryClient, trpc, state } = await pagePrefetch();
  await Promise.all([
    queryClient.prefetchQuery(trpc.operations.system.queryOptions()),
    queryClient.prefetchQuery(trpc.operations.instance.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={state()}>
      <SystemPage />
    </HydrationBoundary>
  );
}
