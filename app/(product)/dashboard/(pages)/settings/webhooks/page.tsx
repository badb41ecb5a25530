import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { Webhooks } from '@/components/dashboard/webhooks/webhooks';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Webhooks' };

export default async function WebhooksPage() {
  const { queryClient, trpc, session, state, publicUrl } = await pagePrefetch();
  await queryClient.prefetchQuery(trpc.webhooks.list.queryOptions({ limit: 100 }));
  const role = (await session.member())?.role ?? 'viewer';
  return (
    <HydrationBoundary state={state()}>
      <Webhooks mode={session.mode} mayChange={role !== 'viewer'} publicUrl={publicUrl} />
    </HydrationBoundary>
  );
}
