'use client';

import { Alert, Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { PayloadView } from '@/components/payload/payload-view';
import { Markdown } from '@/components/payload/text/markdown';
import { Card } from '@/components/ui/card';
import { QueryState } from '@/components/ui/failures/query-state';
import { useShortcuts } from '@/components/ui/keys/shortcuts';
import { Status } from '@/components/ui/status';
import { humanise } from '@/components/ui/values/humanise';
import { Countdown } from '@/components/ui/values/now';
import { DECISIONS } from '@/server/features/reviews/policy';
import type { ReviewDetail } from '@/server/features/reviews/schema';
import { AnswersCard } from './answers-card';
import { DecisionCard, type DecisionKeys } from './decision-card';
import classes from './reviews.module.css';
import { useClaim } from './use-claim';
import { useReviews } from './use-reviews';
import { ABOUT, DECISION_KEYS, DECISION_WORDS, KINDS } from './words';

/** One review: the task as its worker saw it, what was answered and what the stages said, and the decision. */
export function ReviewDesk({ reviewId, onDecided }: { reviewId: string; onDecided: () => void }) {
  const reviews = useReviews();
  const review = useQuery(reviews.get.queryOptions({ reviewId }, { staleTime: 0 }));
  const claim = useClaim(reviewId);
  // The keys are this page's from the start: pressed while a review loads, they do nothing.
  const keys = useRef<DecisionKeys | null>(null);
  useShortcuts([
    ...DECISIONS.map((decision) => ({
      keys: DECISION_KEYS[decision],
      label: `${DECISION_WORDS[decision]}; Enter sends it`,
      section: 'Reviews',
      overrides: true,
      run: () => keys.current?.choose(decision),
    })),
    {
      keys: 'o',
      label: 'Offer as a gold',
      section: 'Reviews',
      overrides: true,
      run: () => keys.current?.offer(),
    },
  ]);
  if (!review.data || review.isError)
    return <QueryState query={review} height={320} radius="lg" label="Loading the review" />;
  return (
    <div className={classes.desk}>
      <div className={classes.column}>
        <TaskCard review={review.data} />
        <AnswersCard review={review.data} />
      </div>
      <section className={classes.decision} aria-label="Decision">
        {claim.refusal ? (
          <Alert color="orange" role="status" mb="md">
            {claim.refusal} Another one can be opened with <kbd>J</kbd>.
          </Alert>
        ) : null}
        <DecisionCard
          review={review.data}
          mayDecide={claim.isHeld}
          keys={keys}
          onDecided={onDecided}
        />
      </section>
    </div>
  );
}

function TaskCard({ review }: { review: ReviewDetail }) {
  const { task, kind } = review;
  return (
    <Card>
      <Group justify="space-between" mb="xs" gap="sm">
        <Title order={2} size="h3">
          {task.title}
        </Title>
        <Group gap="md">
          <Status value={KINDS[kind]} />
          {task.status ? <Status value={task.status} /> : null}
          {task.status === 'submitted' ? (
            <Text size="sm" c="dimmed">
              <Countdown until={task.expiresAt} /> left
            </Text>
          ) : null}
        </Group>
      </Group>
      {review.appeal === null ? null : (
        <Alert color="gray" mb="md" title="A worker appeals">
          “{review.appeal}” Accept the answer in the form to uphold the appeal.
        </Alert>
      )}
      <Text size="sm" mb="xs">
        {review.why ?? humanise(review.reason)}
        {review.samplingProbability < 1
          ? ` One in ${Math.round(1 / review.samplingProbability)} is drawn.`
          : ''}
      </Text>
      <Text size="sm" c="dimmed" mb="md">
        {ABOUT[kind]}
      </Text>
      {task.instructions ? (
        <details className={classes.instructions}>
          <summary>Instructions</summary>
          <Markdown text={task.instructions} />
        </details>
      ) : null}
      <PayloadView payload={task.payload} taskId={task.id} hints={task.payloadUi} />
    </Card>
  );
}
