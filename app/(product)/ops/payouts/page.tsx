import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { PayoutsPage } from '@/components/ops/payouts/payouts-page';
import { frameOf } from '@/server/doors/page-session';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Payouts' };

export default async function OpsPayoutsPage() {
  const { queryClient, trpc, session, state } = await pagePrefetch();
  await queryClient.prefetchQuery(trpc.payouts.rails.queryOptions());
  const mode = (await frameOf(session))?.mode ?? 'live';
  return (
    <HydrationBoundary state={state()}>
      <PayoutsPage mode={mode} />
    </HydrationBoundary>
  );
}
