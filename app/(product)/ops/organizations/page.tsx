import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { ORGANIZATION_FIELDS } from '@/components/ops/list-fields';
import { listFilterOf } from '@/components/ops/list-filter';
import { Organizations } from '@/components/ops/organizations/organizations';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Organizations' };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function OrganizationsPage({ searchParams }: { searchParams: Search }) {
  const asked = await searchParams;
  const { queryClient, trpc, state } = await pagePrefetch();
  const filter = listFilterOf(ORGANIZATION_FIELDS, (name) => asked[name]);
  await queryClient.prefetchQuery(trpc.customers.list.queryOptions(filter));
  return (
    <HydrationBoundary state={state()}>
      <Organizations />
    </HydrationBoundary>
  );
}
