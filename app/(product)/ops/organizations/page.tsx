import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { listFilterOf } from '@/components/ops/list-filter';
import { Organizations } from '@/components/ops/organizations/organizations';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';
import { FindOrganizations } from '@/server/features/customers/schema';

export const metadata: Metadata = { title: 'Organizations' };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function OrganizationsPage({ searchParams }: { searchParams: Search }) {
  const asked = await searchParams;
  const { queryClient, trpc, state } = await pagePrefetch();
  const filter = listFilterOf(FindOrganizations, (name) => asked[name]);
  await queryClient.prefetchQuery(trpc.customers.list.queryOptions(filter));
  return (
    <HydrationBoundary state={state()}>
      <Organizations />
    </HydrationBoundary>
  );
}
