'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { PageBody } from '@/components/ui/app-frame';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { FailureNotice } from '@/components/ui/failure-notice';
import { humanise } from '@/components/ui/humanise';
import { Icon } from '@/components/ui/icons';
import { Loading } from '@/components/ui/loading';
import { Age } from '@/components/ui/now';
import { PageHeader } from '@/components/ui/page-header';
import classes from './ops.module.css';
import type { Review } from './review';
import { ReviewDesk } from './review-desk';

const POLL_MS = 5_000;

/** The reviews that wait, blocking ones first: a list, and the chosen one beside it. */
export function Reviews({ mode }: { mode: 'live' | 'test' }) {
  const trpc = useTRPC();
  const reviews = useQuery(trpc.reviews.list.queryOptions(undefined, { refetchInterval: POLL_MS }));
  const [chosenId, setChosenId] = useState<string | null>(null);
  const chosen = reviews.data?.find((each) => each.id === chosenId) ?? reviews.data?.[0];
  return (
    <PageBody wide>
      <PageHeader
        title="Reviews"
        about="Tasks whose verification asks for a person’s word. Blocking ones come first."
      />
      {reviews.isError ? (
        <FailureNotice error={reviews.error} onRetry={() => void reviews.refetch()} />
      ) : null}
      {reviews.isPending ? <Loading height={240} radius="lg" /> : null}
      {reviews.data?.length === 0 ? (
        <Card flush>
          <EmptyState icon={<Icon name="check" />} title="Nothing waits for review">
            {mode === 'test'
              ? 'In test mode a simulated reviewer decides after a moment.'
              : 'Critical tasks and spot checks appear here as they come up.'}
          </EmptyState>
        </Card>
      ) : null}
      {reviews.data && chosen ? (
        <div className={classes.split}>
          <nav aria-label="Open reviews" className={classes.list}>
            {reviews.data.map((review) => (
              <ReviewItem
                key={review.id}
                review={review}
                isChosen={review.id === chosen.id}
                onChoose={() => setChosenId(review.id)}
              />
            ))}
          </nav>
          <ReviewDesk key={chosen.id} review={chosen} />
        </div>
      ) : null}
    </PageBody>
  );
}

function ReviewItem(props: { review: Review; isChosen: boolean; onChoose: () => void }) {
  const { review, isChosen } = props;
  return (
    <button
      type="button"
      className={classes.item}
      aria-current={isChosen || undefined}
      onClick={props.onChoose}
    >
      <span className={classes.itemTitle}>{humanise(review.task.type)}</span>
      <span className={classes.soft}>
        {review.appeal !== null ? 'Appeal' : review.blocking ? 'Blocks the task' : 'Spot check'} ·{' '}
        {humanise(review.task.riskTier)} risk
      </span>
      <span className={classes.soft}>
        <Age at={review.createdAt} />
      </span>
    </button>
  );
}
