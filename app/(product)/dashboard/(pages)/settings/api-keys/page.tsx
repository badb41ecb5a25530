import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { ApiKeys } from '@/components/dashboard/keys/api-keys';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'API keys' };

export default async function ApiKeysPage() {
  const { queryClient, trpc, session, state, publicUrl } = await pagePrefetch();
  await queryClient.prefetchQuery(trpc.apiKeys.list.queryOptions({}));
  const role = (await session.member())?.role ?? 'viewer';
  return (
    <HydrationBoundary state={state()}>
      <ApiKeys mode={session.mode} role={role} publicUrl={publicUrl} />
    </HydrationBoundary>
  );
}
