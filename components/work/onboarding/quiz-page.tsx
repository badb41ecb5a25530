'use client';

import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useEffect } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { PageBody } from '@/components/ui/app-frame';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import { humanise } from '@/components/ui/humanise';
import { Loading } from '@/components/ui/loading';
import { Countdown } from '@/components/ui/now';
import { PageHeader } from '@/components/ui/page-header';
import type { QuizView, SkillStep } from '@/server/features/onboarding/schema';
import work from '../work.module.css';
import { AskDesk } from './ask-desk';
import { QuizResult } from './quiz-result';
import { QuizWords } from './quiz-words';

/** The quiz of one skill: what it is, its questions one by one, and how it went. */
export function QuizPage({ skill }: { skill: string }) {
  const trpc = useTRPC();
  const quiz = useQuery(trpc.onboarding.quiz.queryOptions({ skill }));
  const view = useQuery(trpc.onboarding.get.queryOptions());
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
  if (quiz.data?.status === 'open') return <OpenQuiz quiz={quiz.data} />;
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
                <Text size="sm" mt={8}>
                  You answer one question after the other, in the form you know from tasks. An
                  answer cannot be changed afterwards. You may leave and come back while the time
                  runs; what is not answered by then counts as wrong.
                </Text>
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

function OpenQuiz({ quiz }: { quiz: QuizView }) {
  const trpc = useTRPC();
  const show = useQuizChanges(quiz.skill);
  const queryClient = useQueryClient();
  const { question } = quiz;
  const reread = () =>
    queryClient.invalidateQueries({
      queryKey: trpc.onboarding.quiz.queryKey({ skill: quiz.skill }),
    });
  const answer = useMutation(
    trpc.onboarding.answer.mutationOptions({
      onSuccess: show,
      // Another tab may have gone on; what the server knows is shown.
      onError: (error) => {
        if (error.data?.code === 'CONFLICT' || error.data?.code === 'NOT_FOUND') void reread();
      },
    }),
  );
  useAtEnd(quiz.expiresAt, reread);
  if (!question) return null;
  const position = `Question ${question.position} of ${quiz.total}`;
  return (
    <AskDesk
      key={question.id}
      asked={quiz.asked}
      payload={question.payload}
      title={`${quiz.asked.title}: ${position.toLowerCase()}`}
      head={
        <Group gap={8}>
          <Text size="sm" c="dimmed">
            Time left
          </Text>
          <span className={work.timer} role="timer">
            <Countdown until={quiz.expiresAt} urgentSeconds={120} />
          </span>
        </Group>
      }
      foot={
        <Text size="xs" c="dimmed" style={{ flex: 1 }}>
          {quiz.needed} of {quiz.total} right answers pass.
        </Text>
      }
      submitLabel={question.position === quiz.total ? 'Finish' : 'Next question'}
      busy={answer.isPending}
      error={answer.error}
      onSubmit={(output) => answer.mutate({ questionId: question.id, output })}
    />
  );
}

/** Does something once a moment has come, if the page is still open then. */
function useAtEnd(at: Date, act: () => unknown): void {
  const atMs = at.getTime();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the moment sets the timer anew.
  useEffect(() => {
    const timer = setTimeout(act, Math.max(0, atMs - Date.now()) + 500);
    return () => clearTimeout(timer);
  }, [atMs]);
}
