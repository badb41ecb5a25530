import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { EndpointPage } from '@/components/dashboard/webhooks/endpoint-page';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Webhook endpoint' };

export default async function WebhookEndpointPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { queryClient, trpc, session, state } = await pagePrefetch();
  await Promise.all([
    queryClient.prefetchQuery(trpc.webhooks.get.queryOptions({ id })),
    queryClient.prefetchQuery(
      trpc.deliveries.ofEndpoint.queryOptions({ endpointId: id, limit: 20 }),
    ),
  ]);
  const role = (await session.member())?.role ?? 'viewer';
  return (
    <HydrationBoundary state={state()}>
      <EndpointPage id={id} mayChange={role !== 'viewer'} />
    </HydrationBoundary>
  );
}
