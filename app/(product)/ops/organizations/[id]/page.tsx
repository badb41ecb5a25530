import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { OrganizationPage } from '@/components/ops/organizations/organization-page';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Organization' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id: organizationId } = await params;
  const { queryClient, trpc, state } = await pagePrefetch();
  await Promise.all([
    queryClient.prefetchQuery(trpc.customers.get.queryOptions({ organizationId })),
    queryClient.prefetchQuery(trpc.customers.statement.queryOptions({ organizationId })),
  ]);
  return (
    <HydrationBoundary state={state()}>
      <OrganizationPage organizationId={organizationId} />
    </HydrationBoundary>
  );
}
