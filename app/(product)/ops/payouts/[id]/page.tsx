import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { PayoutPage } from '@/components/ops/payouts/payout-page';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Payout' };

export default async function OpsPayoutPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { queryClient, trpc, state } = await pagePrefetch();
  await queryClient.prefetchQuery(trpc.payouts.get.queryOptions({ id }));
  return (
    <HydrationBoundary state={state()}>
      <PayoutPage id={id} />
    </HydrationBoundary>
  );
}
