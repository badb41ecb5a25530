import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { LedgerPage } from '@/components/ops/ledger/ledger-page';
import { frameOf } from '@/server/doors/page-session';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Ledger' };

export default async function OpsLedgerPage() {
  const { queryClient, trpc, session, state } = await pagePrefetch();
  await Promise.all([
    queryClient.prefetchQuery(trpc.books.latestCheck.queryOptions()),
    queryClient.prefetchQuery(trpc.books.months.queryOptions()),
  ]);
  const mode = (await frameOf(session))?.mode ?? 'live';
  return (
    <HydrationBoundary state={state()}>
      <LedgerPage mode={mode} />
    </HydrationBoundary>
  );
}
