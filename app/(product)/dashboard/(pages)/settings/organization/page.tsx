import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { OrganizationSettings } from '@/components/dashboard/settings/organization-settings';
import { frameOf } from '@/server/doors/page-session';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Organization' };

export default async function OrganizationPage() {
  const { queryClient, trpc, session, state } = await pagePrefetch();
  await queryClient.prefetchQuery(trpc.team.list.queryOptions());
  const [member, frame] = await Promise.all([session.member(), frameOf(session)]);
  const name = frame?.organizations.find(({ id }) => id === frame.organizationId)?.name ?? '';
  return (
    <HydrationBoundary state={state()}>
      <OrganizationSettings
        key={name}
        name={name}
        role={member?.role ?? 'viewer'}
        userId={member?.userId ?? ''}
      />
    </HydrationBoundary>
  );
}
