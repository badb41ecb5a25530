import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { ReviewConsole } from '@/components/reviews/review-console';
import { ScopeCard } from '@/components/reviews/scope-card';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Reviews' };

export default async function OwnReviewsPage() {
  const { queryClient, trpc, session, state } = await pagePrefetch();
  const role = (await session.member())?.role ?? 'viewer';
  await Promise.all([
    queryClient.prefetchQuery(trpc.ownReviews.list.queryOptions({ filter: {}, limit: 50 })),
    queryClient.prefetchQuery(trpc.ownReviews.counts.queryOptions({})),
    queryClient.prefetchQuery(trpc.ownReviews.agreement.queryOptions()),
    queryClient.prefetchQuery(trpc.ownReviews.scope.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={state()}>
      <ReviewConsole area="dashboard" mode={session.mode}>
        <ScopeCard manages={role === 'owner' || role === 'admin'} />
      </ReviewConsole>
    </HydrationBoundary>
  );
}
