import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { Inspector } from '@/components/dashboard/webhooks/inspector';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Webhook inspector' };

export default async function InspectorPage() {
  const { queryClient, trpc, session, state } = await pagePrefetch();
  await queryClient.prefetchQuery(trpc.inspector.received.queryOptions({ limit: 50 }));
  const role = (await session.member())?.role ?? 'viewer';
  return (
    <HydrationBoundary state={state()}>
      <Inspector mayChange={role !== 'viewer'} />
    </HydrationBoundary>
  );
}
