import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { EarningsPage } from '@/components/work/pay/earnings';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Earnings' };

export default async function Page() {
  const { queryClient, trpc, state } = await pagePrefetch();
  await Promise.all([
    queryClient.prefetchQuery(trpc.payouts.earnings.queryOptions()),
    queryClient.prefetchQuery(trpc.ledger.workerBalance.queryOptions()),
    queryClient.prefetchQuery(trpc.payouts.settings.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={state()}>
      <EarningsPage />
    </HydrationBoundary>
  );
}
