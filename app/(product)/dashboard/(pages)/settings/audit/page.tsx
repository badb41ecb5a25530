import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { AuditLog } from '@/components/dashboard/audit/audit-log';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Audit log' };

export default async function AuditPage() {
  const { queryClient, trpc, state } = await pagePrefetch();
  await queryClient.prefetchQuery(trpc.organizations.audit.queryOptions({ limit: 50 }));
  return (
    <HydrationBoundary state={state()}>
      <AuditLog />
    </HydrationBoundary>
  );
}
