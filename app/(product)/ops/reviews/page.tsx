import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { ReviewConsole } from '@/components/reviews/review-console';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Reviews' };

export default async function ReviewsPage() {
  const { queryClient, trpc, session, state } = await pagePrefetch();
  await Promise.all([
    queryClient.prefetchQuery(trpc.reviews.list.queryOptions({ filter: {}, limit: 50 })),
    queryClient.prefetchQuery(trpc.reviews.counts.queryOptions({})),
    queryClient.prefetchQuery(trpc.reviews.agreement.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={state()}>
      <ReviewConsole area="ops" mode={session.mode} />
    </HydrationBoundary>
  );
}
