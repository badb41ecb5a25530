import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { PracticePage } from '@/components/work/onboarding/practice-page';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Practice' };

export default async function Page({ params }: { params: Promise<{ type: string }> }) {
  const type = decodeURIComponent((await params).type);
  const { queryClient, trpc, state } = await pagePrefetch();
  await queryClient.prefetchQuery(trpc.onboarding.practice.queryOptions({ type }));
  return (
    <HydrationBoundary state={state()}>
      <PracticePage key={type} type={type} />
    </HydrationBoundary>
  );
}
