import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { Onboarding } from '@/components/work/onboarding/onboarding';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Set up your work' };

export default async function OnboardingPage() {
  const { queryClient, trpc, state } = await pagePrefetch();
  await queryClient.prefetchQuery(trpc.onboarding.get.queryOptions());
  return (
    <HydrationBoundary state={state()}>
      <Onboarding />
    </HydrationBoundary>
  );
}
