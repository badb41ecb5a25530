import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { InstanceSettingsPage } from '@/components/ops/settings/instance-settings';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const { queryClient, trpc, state } = await pagePrefetch();
  await Promise.all([
    queryClient.prefetchQuery(trpc.settings.get.queryOptions()),
    queryClient.prefetchQuery(trpc.rates.view.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={state()}>
      <InstanceSettingsPage />
    </HydrationBoundary>
  );
}
