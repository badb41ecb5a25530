import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { Billing } from '@/components/dashboard/billing/billing';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Billing' };

export default async function BillingPage() {
  const { queryClient, trpc, session, state } = await pagePrefetch();
  await Promise.all([
    queryClient.prefetchQuery(trpc.ledger.balance.queryOptions()),
    queryClient.prefetchQuery(trpc.ledger.limits.queryOptions()),
    queryClient.prefetchQuery(trpc.deposits.offered.queryOptions()),
    queryClient.prefetchQuery(trpc.usage.spend.queryOptions({ days: 30 })),
    queryClient.prefetchQuery(trpc.ledger.statement.queryOptions({ limit: 50 })),
  ]);
  const role = (await session.member())?.role ?? 'viewer';
  return (
    <HydrationBoundary state={state()}>
      <Billing
        mode={session.mode}
        mayDeposit={role !== 'viewer'}
        maySetLimits={role === 'owner' || role === 'admin'}
      />
    </HydrationBoundary>
  );
}
