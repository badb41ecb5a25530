import { Box } from '@mantine/core';
import type { Ref } from 'react';
import { Pager, type usePages } from '@/components/ui/tables/pager';
import { humanise } from '@/components/ui/values/humanise';
import { Age, Countdown } from '@/components/ui/values/now';
import type { ReviewRow } from '@/server/features/reviews/schema';
import classes from './reviews.module.css';
import { KINDS } from './words';

interface ReviewListProps {
  ref: Ref<HTMLElement>;
  rows: readonly ReviewRow[];
  shownId: string;
  /** How many wait; undefined where the list is narrowed. */
  total: number | undefined;
  pages: Pick<ReturnType<typeof usePages>, 'isFirst' | 'newer' | 'older'>;
  next: string | null;
  onChoose: (id: string) => void;
}

/** What waits, a page at a time. */
export function ReviewList(props: ReviewListProps) {
  const { rows, pages, next } = props;
  return (
    <nav aria-label="Open reviews" className={classes.list} ref={props.ref}>
      <div className={classes.listHead}>
        {props.total === undefined ? 'Waiting' : `${props.total.toLocaleString('en-US')} waiting`}
      </div>
      <div className={classes.rows}>
        {rows.map((review) => (
          <button
            key={review.id}
            type="button"
            className={classes.item}
            data-review={review.id}
            aria-current={review.id === props.shownId || undefined}
            onClick={() => props.onChoose(review.id)}
          >
            <span className={classes.itemTitle}>{humanise(review.type)}</span>
            <Box component="span" c="var(--text-soft)">
              {KINDS[review.kind]} · {humanise(review.riskTier)} risk
            </Box>
            <Box component="span" c="var(--text-soft)">
              {review.expiresAt ? (
                <>
                  <Countdown until={review.expiresAt} /> left
                </>
              ) : (
                <Age at={review.createdAt} />
              )}
              {review.taken ? ' · in review' : ''}
            </Box>
          </button>
        ))}
      </div>
      <Pager pages={pages} next={next} words={{ back: 'Before', on: 'More' }} />
    </nav>
  );
}
