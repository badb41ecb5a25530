'use client';

import {
  Alert,
  Button,
  Group,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  Title,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Markdown } from '@/components/payload/markdown';
import { PayloadView } from '@/components/payload/payload-view';
import { useTaskFormIsThere } from '@/components/task-form/lazy-task-form';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { JsonBlock } from '@/components/ui/code-block';
import { duration, humanise } from '@/components/ui/humanise';
import { Countdown } from '@/components/ui/now';
import { Status } from '@/components/ui/status';
import { CorrectionForm } from './correction-form';
import classes from './ops.module.css';
import type { Review } from './review';

type Decision = 'accept' | 'correct' | 'reject';

const SAYS: Record<Decision, string> = {
  accept: 'Accept the answer',
  correct: 'Send the correction',
  reject: 'Reject the answer',
};

/** One review: the task, what workers answered and how the stages judged it, and the decision. */
export function ReviewDesk({ review }: { review: Review }) {
  const { task } = review;
  return (
    <div className={classes.desk}>
      <Stack gap="lg">
        <Card>
          <Group justify="space-between" mb="md">
            <Title order={2}>{humanise(task.type)}</Title>
            <Group gap="lg">
              <Status value={task.status} />
              {task.status === 'submitted' ? (
                <Text size="sm" c="dimmed">
                  <Countdown until={task.expiresAt} /> left
                </Text>
              ) : null}
            </Group>
          </Group>
          {review.appeal === null ? (
            <Text size="sm" mb="md">
              {review.reason}
            </Text>
          ) : (
            <Alert color="gray" mb="md" title="A worker appeals">
              “{review.appeal}” Accept the answer in question to uphold the appeal.
            </Alert>
          )}
          {task.instructions ? (
            <details className={classes.instructions}>
              <summary>Instructions</summary>
              <Markdown text={task.instructions} />
            </details>
          ) : null}
          <PayloadView payload={task.payload} taskId={task.id} />
        </Card>
        <Answers review={review} />
      </Stack>
      <DecisionForm review={review} />
    </div>
  );
}

function Answers({ review }: { review: Review }) {
  return (
    <Card title="Answers">
      <Stack gap="lg">
        {review.answers.map((answer) => (
          <div key={answer.label}>
            <Group justify="space-between" mb={6}>
              <Text fw={500}>{answer.label}</Text>
              <Group gap="md">
                <Text size="sm" c="dimmed">
                  {duration(answer.elapsedMs / 1000)}
                </Text>
                <Status value={answer.status} />
              </Group>
            </Group>
            <JsonBlock value={answer.output} label={`answer of ${answer.label}`} maxHeight={220} />
            <ul className={classes.verdicts}>
              {answer.verdicts.map((verdict) => (
                <li key={verdict.stage}>
                  <span>{verdict.stage}</span>
                  <Status value={verdict.verdict} />
                  <span className={classes.soft}>{verdict.message}</span>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </Stack>
    </Card>
  );
}

function DecisionForm({ review }: { review: Review }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [decision, setDecision] = useState<Decision>('accept');
  const [note, setNote] = useState('');
  const [output, setOutput] = useState<unknown>(review.proposed ?? review.answers.at(-1)?.output);
  const decide = useMutation(
    trpc.reviews.decide.mutationOptions({
      onSuccess: () => {
        notifications.show({ message: 'Decided.' });
        return queryClient.invalidateQueries(trpc.reviews.pathFilter());
      },
    }),
  );
  const formIsThere = useTaskFormIsThere(decision === 'correct');
  const send = (correction?: unknown) =>
    decide.mutate({
      reviewId: review.id,
      decision,
      ...(decision === 'correct' ? { output: correction } : {}),
      ...(note.trim() ? { note: note.trim() } : {}),
    });
  return (
    <section className={classes.decision} aria-label="Decision">
      <Card title="Decision">
        <Stack gap="md">
          {decide.error ? (
            <Alert color="red" role="alert">
              {failureOf(decide.error).message}
            </Alert>
          ) : null}
          <SegmentedControl
            fullWidth
            value={decision}
            onChange={(value) => setDecision(value as Decision)}
            aria-label="Decision"
            data={[
              { value: 'accept', label: 'Accept' },
              { value: 'correct', label: 'Correct' },
              { value: 'reject', label: 'Reject' },
            ]}
          />
          {decision === 'correct' ? (
            <CorrectionForm
              schema={review.task.outputSchema}
              value={output}
              onChange={setOutput}
              onSubmit={send}
            />
          ) : (
            <div>
              <Text size="sm" c="dimmed" mb={6}>
                {decision === 'accept' && review.appeal === null
                  ? 'The answer the customer gets'
                  : 'The answer in question'}
              </Text>
              <JsonBlock
                value={review.proposed ?? review.answers.at(-1)?.output}
                label="proposed answer"
                maxHeight={220}
              />
            </div>
          )}
          <Textarea
            label="Note"
            description={
              review.appeal === null
                ? 'For the record; the worker sees it where an answer is rejected.'
                : 'The worker who appealed reads it.'
            }
            autosize
            minRows={2}
            maxLength={2_000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Button
            color={decision === 'reject' ? 'red' : undefined}
            loading={decide.isPending || (decision === 'correct' && !formIsThere)}
            {...(decision === 'correct'
              ? { type: 'submit', form: 'correction-form' }
              : { onClick: () => send() })}
          >
            {SAYS[decision]}
          </Button>
        </Stack>
      </Card>
    </section>
  );
}
