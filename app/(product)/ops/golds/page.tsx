import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { OpsGolds } from '@/components/ops/golds/ops-golds';
import { listFilterOf } from '@/components/ops/list-filter';
import type { FindGolds } from '@/server/features/golds/schema';
import { pagePrefetch } from '@/server/transport/trpc/prefetch';

export const metadata: Metadata = { title: 'Golds' };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function GoldsPage({ searchParams }: { searchParams: Search }) {
  const asked = await searchParams;
  const { queryClient, trpc, state } = await pagePrefetch();
  const names = ['state', 'type', 'organizationId', 'after'] as const;
  const filter = listFilterOf(names, (name) => asked[name]);
  await queryClient.prefetchQuery(trpc.golds.everywhere.queryOptions(filter as FindGolds));
  return (
    <HydrationBoundary state={state()}>
      <OpsGolds />
    </HydrationBoundary>
  );
}
