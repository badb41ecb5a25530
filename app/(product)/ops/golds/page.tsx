import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { OpsGolds } from '@/components/ops/golds/ops-golds';
import { GOLD_FIELDS } from '@/components/ops/list-fields';
import { listFilterOf } from '@/components/ops/list-filter';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Golds' };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function GoldsPage({ searchParams }: { searchParams: Search }) {
  const asked = await searchParams;
  const { queryClient, trpc, state } = await pagePrefetch();
  const filter = listFilterOf(GOLD_FIELDS, (name) => asked[name]);
  await queryClient.prefetchQuery(trpc.golds.everywhere.queryOptions(filter));
  return (
    <HydrationBoundary state={state()}>
      <OpsGolds />
    </HydrationBoundary>
  );
}
