'use client';

import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failures/failure-notice';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Loading } from '@/components/ui/loading';
import { PageHeader } from '@/components/ui/page-header';
import { humanise } from '@/components/ui/values/humanise';
import type { QuizView, SkillStep } from '@/server/features/onboarding/schema';
import { OpenQuiz } from './open-quiz';
import { QuizResult } from './quiz-result';
import { QuizTerms, QuizWords } from './quiz-words';

/** The quiz of one skill: what it is, its questions one by one, and how it went. */
export function QuizPage({ skill }: { skill: string }) {
  const trpc = useTRPC();
  const quiz = useQuery(trpc.onboarding.quiz.queryOptions({ skill }));
  const view = useQuery(trpc.onboarding.get.queryOptions());
  const show = useQuizChanges(skill);
  const failed = quiz.error ?? view.error;
  if (failed) {
    return (
      <PageBody>
        <FailureNotice
          error={failed}
          onRetry={() => void Promise.all([quiz.refetch(), view.refetch()])}
        />
      </PageBody>
    );
  }
  if (quiz.data === undefined || view.data === undefined) {
    return (
      <PageBody>
        <Loading height={280} radius="lg" label="Loading the quiz" />
      </PageBody>
    );
  }
  if (quiz.data?.status === 'open')
    return <OpenQuiz quiz={quiz.data} onChange={show} onStale={() => void quiz.refetch()} />;
  const step = view.data.skills.find(({ name }) => name === skill);
  return <Before skill={step} last={quiz.data} name={skill} />;
}

function useQuizChanges(skill: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return (quiz: QuizView) => {
    queryClient.setQueryData(trpc.onboarding.quiz.queryKey({ skill }), quiz);
    void queryClient.invalidateQueries({ queryKey: trpc.onboarding.get.queryKey() });
    if (quiz.status === 'passed') void queryClient.invalidateQueries(trpc.workers.pathFilter());
  };
}

function Before(props: { skill: SkillStep | undefined; last: QuizView | null; name: string }) {
  const { skill, last, name } = props;
  const trpc = useTRPC();
  const show = useQuizChanges(name);
  const start = useMutation(trpc.onboarding.startQuiz.mutationOptions({ onSuccess: show }));
  return (
    <PageBody>
      <PageHeader title={`Quiz: ${humanise(name)}`} about={skill?.description} />
      <Stack gap="md">
        {last?.result ? <QuizResult quiz={last} result={last.result} /> : null}
        {start.isError ? <FailureNotice error={start.error} /> : null}
        {skill && last?.status !== 'passed' ? (
          <Card title={last ? 'Another try' : 'Before you begin'}>
            <Text size="sm" component="div">
              <QuizWords skill={skill} />
            </Text>
            {skill.state === 'ready' ? (
              <>
                <QuizTerms />
                <Button
                  mt="md"
                  loading={start.isPending}
                  onClick={() => start.mutate({ skill: name })}
                >
                  Begin
                </Button>
              </>
            ) : null}
          </Card>
        ) : null}
        {skill ? null : <Text>There is no such skill.</Text>}
        <Group>
          <Button component={Link} href="/work/onboarding" variant="default">
            Back to the steps
          </Button>
        </Group>
      </Stack>
    </PageBody>
  );
}
