'use client';

import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failures/failure-notice';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Loading } from '@/components/ui/loading';
import { PageHeader } from '@/components/ui/page-header';
import { humanise } from '@/components/ui/values/humanise';
import { OpenQuiz } from '@/components/work/onboarding/open-quiz';
import { QuizResult } from '@/components/work/onboarding/quiz-result';
import { QuizTerms, QuizWords } from '@/components/work/onboarding/quiz-words';
import type { ReturnQuizView } from '@/server/features/onboarding/schema';

/** The quiz by which a worker returns to a kind of task that is paused. */
export function ReturnQuizPage({ pauseId }: { pauseId: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const view = useQuery(trpc.onboarding.returnQuiz.queryOptions({ pauseId }));
  if (view.isError) {
    return (
      <PageBody>
        <QueryFailure query={view} />
      </PageBody>
    );
  }
  if (!view.data) {
    return (
      <PageBody>
        <Loading height={280} radius="lg" label="Loading the quiz" />
      </PageBody>
    );
  }
  const reread = () => {
    void queryClient.invalidateQueries(trpc.standing.pathFilter());
    return view.refetch();
  };
  const { last } = view.data;
  if (last?.status === 'open') {
    return <OpenQuiz quiz={last} onChange={() => void reread()} onStale={() => void reread()} />;
  }
  return <Before pauseId={pauseId} view={view.data} onStarted={() => void reread()} />;
}

function Before(props: { pauseId: string; view: ReturnQuizView; onStarted: () => void }) {
  const { pauseId, view, onStarted } = props;
  const { step, last, reason, type } = view;
  const trpc = useTRPC();
  const start = useMutation(
    trpc.onboarding.startReturnQuiz.mutationOptions({ onSuccess: onStarted }),
  );
  const over = step.state === 'held';
  return (
    <PageBody>
      <PageHeader title={`Return to ${humanise(type)}`} about={over ? undefined : reason} />
      <Stack gap="md">
        {last?.result ? <QuizResult quiz={last} result={last.result} /> : null}
        {start.isError ? <FailureNotice error={start.error} /> : null}
        {over && !last?.result ? <Text size="sm">This pause is over.</Text> : null}
        {over ? null : (
          <Card title={last ? 'Another try' : 'Before you begin'}>
            <Text size="sm" component="div">
              {step.state === 'free' ? (
                <>
                  There are too few questions left for a quiz. These tasks come back by themselves.
                </>
              ) : (
                <QuizWords skill={step} />
              )}
            </Text>
            {step.state === 'ready' ? (
              <>
                <QuizTerms />
                <Button mt="md" loading={start.isPending} onClick={() => start.mutate({ pauseId })}>
                  Begin
                </Button>
              </>
            ) : null}
          </Card>
        )}
        <Group>
          <Button component={Link} href="/work/standing" variant="default">
            Back to your standing
          </Button>
        </Group>
      </Stack>
    </PageBody>
  );
}
