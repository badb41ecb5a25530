'use client';

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { useShortcuts } from '@/components/ui/keys/shortcuts';
import { LoadingRows } from '@/components/ui/loading';
import { PageHeader } from '@/components/ui/page-header';
import { usePages } from '@/components/ui/tables/pager';
import type { ReviewFilter } from '@/server/features/reviews/schema';
import { AgreementCard } from './agreement-card';
import { ReviewDesk } from './review-desk';
import { ReviewFilters } from './review-filters';
import { ReviewList } from './review-list';
import classes from './reviews.module.css';
import { type ReviewArea, ReviewAreaContext, useReviews } from './use-reviews';

const POLL_MS = 5_000;
const PAGE = 50;

/** The reviews that wait for this reviewer: a list, the chosen one beside it, and how far reviewers agree. */
export function ReviewConsole(props: {
  area: ReviewArea;
  mode: 'live' | 'test';
  children?: React.ReactNode;
}) {
  return (
    <ReviewAreaContext value={props.area}>
      <PageBody wide>
        <PageHeader
          title="Reviews"
          about="Answers that verification wants a person to look at, and samples of the rest. Press ? for the keys."
        />
        <Queue area={props.area} mode={props.mode} />
        <div className={classes.below}>
          <AgreementCard />
          {props.children}
        </div>
      </PageBody>
    </ReviewAreaContext>
  );
}

function Queue({ area, mode }: { area: ReviewArea; mode: 'live' | 'test' }) {
  const reviews = useReviews();
  const queryClient = useQueryClient();
  const [filter, setFilter] = useState<ReviewFilter>({});
  const pages = usePages();
  const fresh = { refetchInterval: POLL_MS };
  const list = useQuery(
    reviews.list.queryOptions(
      { filter, limit: PAGE, ...pages.query },
      { ...fresh, placeholderData: keepPreviousData },
    ),
  );
  const counts = useQuery(
    reviews.counts.queryOptions(
      { queue: filter.queue },
      { ...fresh, placeholderData: keepPreviousData },
    ),
  );
  // What was just decided is in the list until it is read again.
  const [decided, setDecided] = useState<readonly string[]>([]);
  const rows = (list.data?.reviews ?? []).filter(({ id }) => !decided.includes(id));
  const [chosenId, setChosenId] = useState<string | null>(null);
  const listRef = useRef<HTMLElement>(null);
  const shownId = chosenId ?? rows.find(({ taken }) => !taken)?.id ?? rows[0]?.id ?? null;
  const at = rows.findIndex(({ id }) => id === shownId);
  const choose = (id: string | null) => {
    setChosenId(id);
    listRef.current?.querySelector(`[data-review="${id}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const move = (by: 1 | -1) => {
    const to = rows[at + by];
    if (to) choose(to.id);
    else if (by === 1 && list.data?.next) pages.older(list.data.next);
  };
  useShortcuts([
    { keys: 'j', label: 'Next review', section: 'Reviews', run: () => move(1) },
    { keys: 'k', label: 'Review before', section: 'Reviews', run: () => move(-1) },
  ]);
  const onDecided = () => {
    // The next one that nobody looks at opens by itself; at the end, the first that is left.
    if (shownId) setDecided((before) => [...before, shownId]);
    const rest = [...rows.slice(at + 1), ...rows.slice(0, Math.max(at, 0))];
    choose(rest.find(({ taken }) => !taken)?.id ?? null);
    void queryClient.invalidateQueries(reviews.pathFilter());
  };
  const total = counts.data?.reduce((sum, { count }) => sum + count, 0);
  const isNarrowed = Boolean(filter.kind || filter.type || filter.waitedFor);
  const shows = (next: ReviewFilter) => {
    setFilter(next);
    setChosenId(null);
    pages.toFirst();
  };
  return (
    <>
      <ReviewFilters area={area} filter={filter} counts={counts.data ?? []} onChange={shows} />
      <QueryFailure query={list} />
      {list.isPending ? (
        <Card flush>
          <LoadingRows label="Loading the reviews" />
        </Card>
      ) : null}
      {list.data && rows.length === 0 && !shownId ? (
        <Card flush>
          <EmptyState
            icon={<Icon name="check" />}
            title={isNarrowed ? 'None of this kind waits' : 'Nothing waits for review'}
          >
            {isNarrowed ? 'Others may: clear the filter to see them.' : emptyWords(area, mode)}
          </EmptyState>
        </Card>
      ) : null}
      {list.data && shownId ? (
        <div className={classes.split}>
          <ReviewList
            ref={listRef}
            rows={rows}
            shownId={shownId}
            total={isNarrowed ? undefined : total}
            pages={pages}
            next={list.data.next}
            onChoose={choose}
          />
          <ReviewDesk key={shownId} reviewId={shownId} onDecided={onDecided} />
        </div>
      ) : null}
    </>
  );
}

function emptyWords(area: ReviewArea, mode: 'live' | 'test'): string {
  if (mode === 'test') {
    return 'In test mode a simulated reviewer accepts what waits, unless the task’s sandbox says reviewer: {"decision": "wait"}.';
  }
  return area === 'ops'
    ? 'Tasks of tier critical, doubtful answers and spot checks appear here as they come up.'
    : 'Tasks that your own people answered appear here when verification wants a person to look.';
}
