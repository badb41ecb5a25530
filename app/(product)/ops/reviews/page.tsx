import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { Reviews } from '@/components/ops/reviews';
import { pagePrefetch } from '@/server/transport/trpc/prefetch';

export const metadata: Metadata = { title: 'Reviews' };

export default async function ReviewsPage() {
  const { queryClient, trpc, session, state } = await pagePrefetch();
  await queryClient.prefetchQuery(trpc.reviews.list.queryOptions());
  return (
    <HydrationBoundary state={state()}>
      <Reviews mode={session.mode} />
    </HydrationBoundary>
  );
}
