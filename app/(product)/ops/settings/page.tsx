import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { InstanceSettingsPage } from '@/components/ops/workers/instance-settings';
import { pagePrefetch } from '@/server/transport/trpc/prefetch';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const { queryClient, trpc, state } = await pagePrefetch();
  await queryClient.prefetchQuery(trpc.settings.get.queryOptions());
  return (
    <HydrationBoundary state={state()}>
      <InstanceSettingsPage />
    </HydrationBoundary>
  );
}
