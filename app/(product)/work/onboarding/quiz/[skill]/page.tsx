import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { QuizPage } from '@/components/work/onboarding/quiz-page';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';
import { SkillName } from '@/server/features/workers/schema';

export const metadata: Metadata = { title: 'Quiz' };

export default async function Page({ params }: { params: Promise<{ skill: string }> }) {
  const skill = SkillName.safeParse(decodeURIComponent((await params).skill));
  if (!skill.success) notFound();
  const { queryClient, trpc, state } = await pagePrefetch();
  await Promise.all([
    queryClient.prefetchQuery(trpc.onboarding.get.queryOptions()),
    queryClient.prefetchQuery(trpc.onboarding.quiz.queryOptions({ skill: skill.data })),
  ]);
  return (
    <HydrationBoundary state={state()}>
      <QuizPage key={skill.data} skill={skill.data} />
    </HydrationBoundary>
  );
}
