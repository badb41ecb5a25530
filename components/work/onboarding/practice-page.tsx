'use client';

import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { JsonBlock } from '@/components/ui/code/code-block';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { Loading } from '@/components/ui/loading';
import { PageHeader } from '@/components/ui/page-header';
import type { PracticeResult } from '@/server/features/onboarding/schema';
import { AskDesk } from './ask-desk';
import classes from './onboarding.module.css';

/** A task that is not paid and does not count, with its answer and the reason for it right after. */
export function PracticePage({ type }: { type: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const practice = useQuery(trpc.onboarding.practice.queryOptions({ type }));
  const [answered, setAnswered] = useState<{ output: unknown; result: PracticeResult } | null>(
    null,
  );
  const answer = useMutation(
    trpc.onboarding.practise.mutationOptions({
      onSuccess: (result, { output }) => {
        setAnswered({ output, result });
        void queryClient.invalidateQueries({ queryKey: trpc.onboarding.get.queryKey() });
      },
    }),
  );
  if (practice.isError) {
    return (
      <PageBody>
        <QueryFailure query={practice} />
        <BackToSteps />
      </PageBody>
    );
  }
  if (!practice.data) {
    return (
      <PageBody>
        <Loading height={280} radius="lg" label="Loading the task" />
      </PageBody>
    );
  }
  const { asked, payload } = practice.data;
  if (answered) {
    return (
      <Answered
        title={asked.title}
        {...answered}
        onAgain={() => {
          setAnswered(null);
          answer.reset();
        }}
      />
    );
  }
  return (
    <AskDesk
      asked={asked}
      payload={payload}
      title={`Practice: ${asked.title}`}
      head={
        <Text size="sm" c="dimmed">
          Unpaid
        </Text>
      }
      submitLabel="Check my answer"
      busy={answer.isPending}
      error={answer.error}
      onSubmit={(output) => answer.mutate({ type, output })}
    />
  );
}

function Answered(props: {
  title: string;
  output: unknown;
  result: PracticeResult;
  onAgain: () => void;
}) {
  const { result } = props;
  return (
    <PageBody>
      <PageHeader title={`Practice: ${props.title}`} />
      <Stack gap="md">
        <Alert
          role="status"
          color={result.correct ? 'green' : 'orange'}
          icon={<Icon name={result.correct ? 'check' : 'warning'} />}
          title={result.correct ? 'That is what was expected' : 'Something else was expected'}
        >
          {result.explanation}
        </Alert>
        <div className={classes.pair}>
          <Card title="Your answer">
            <JsonBlock value={props.output} label="your answer" />
          </Card>
          <Card title="What was expected">
            <JsonBlock value={result.expected} label="the expected answer" />
          </Card>
        </div>
        <Text size="sm" c="dimmed">
          Only what decides is compared: your own words in notes and explanations need not match.
        </Text>
        <Group>
          <BackToSteps />
          <Button variant="subtle" color="gray" onClick={props.onAgain}>
            Try it again
          </Button>
        </Group>
      </Stack>
    </PageBody>
  );
}

function BackToSteps() {
  return (
    <Button component={Link} href="/work/onboarding" variant="default">
      Back to the steps
    </Button>
  );
}
