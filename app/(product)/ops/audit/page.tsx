import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { OpsAudit } from '@/components/ops/audit/ops-audit';
import { AUDIT_FIELDS } from '@/components/ops/list-fields';
import { listFilterOf } from '@/components/ops/list-filter';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Audit log' };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function AuditPage({ searchParams }: { searchParams: Search }) {
  const asked = await searchParams;
  const { queryClient, trpc, state } = await pagePrefetch();
  const filter = listFilterOf(AUDIT_FIELDS, (name) => asked[name]);
  await queryClient.prefetchQuery(trpc.organizations.instanceAudit.queryOptions(filter));
  return (
    <HydrationBoundary state={state()}>
      <OpsAudit />
    </HydrationBoundary>
  );
}
