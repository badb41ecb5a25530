import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ReturnQuizPage } from '@/components/work/standing/return-quiz-page';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';
import { OfPause } from '@/server/features/onboarding/schema';

export const metadata: Metadata = { title: 'Quiz' };

export default async function Page({ params }: { params: Promise<{ pauseId: string }> }) {
  const of = OfPause.safeParse(await params);
  if (!of.success) notFound();
  const { pauseId } = of.data;
  const { queryClient, trpc, state } = await pagePrefetch();
  await queryClient.prefetchQuery(trpc.onboarding.returnQuiz.queryOptions({ pauseId }));
  return (
    <HydrationBoundary state={state()}>
      <ReturnQuizPage key={pauseId} pauseId={pauseId} />
    </HydrationBoundary>
  );
}
