'use client';

import { Stack } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { FailureNotice } from '@/components/ui/failures/failure-notice';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { SegmentedControl } from '@/components/ui/inputs/segmented-control';
import { Loading } from '@/components/ui/loading';
import { PageHeader } from '@/components/ui/page-header';
import { Pager, usePages } from '@/components/ui/tables/pager';
import { AppealList } from './appeal-list';
import { OverturnCard } from './overturn-card';

const POLL_MS = 10_000;

type Shown = 'open' | 'decided';

/** The appeals of the mode: what is open and until when, what was decided, and how often they win. */
export function AppealsPage() {
  const trpc = useTRPC();
  const [shown, setShown] = useState<Shown>('open');
  const pages = usePages();
  const appeals = useQuery(
    trpc.appeals.list.queryOptions(
      { shown, ...pages.query },
      { refetchInterval: POLL_MS, placeholderData: keepPreviousData },
    ),
  );
  const rates = useQuery(trpc.appeals.rates.queryOptions());
  const failed = appeals.error ?? rates.error;
  return (
    <PageBody wide>
      <PageHeader
        title="Appeals"
        about="Workers’ objections to what was made of their answers. Two blind re-votes decide, or a reviewer; after their time they are decided in the worker’s favour."
        actions={
          <SegmentedControl
            aria-label="Which appeals"
            value={shown}
            onChange={(value) => {
              pages.toFirst();
              setShown(value as Shown);
            }}
            data={[
              { value: 'open', label: 'Open' },
              { value: 'decided', label: 'Decided' },
            ]}
          />
        }
      />
      {failed ? (
        <FailureNotice
          error={failed}
          onRetry={() => {
            void appeals.refetch();
            void rates.refetch();
          }}
        />
      ) : null}
      <Stack gap="lg">
        {appeals.isPending ? <Loading height={240} radius="lg" /> : null}
        {appeals.data ? (
          <Card flush>
            {appeals.data.data.length === 0 ? (
              <EmptyState
                icon={<Icon name="check" />}
                title={shown === 'open' ? 'No appeal is open' : 'None has been decided'}
              >
                A worker whose answer was rejected or out-voted can appeal for seven days.
              </EmptyState>
            ) : (
              <AppealList appeals={appeals.data.data} />
            )}
            <Pager pages={pages} next={appeals.data.next_cursor} />
          </Card>
        ) : null}
        {rates.data ? <OverturnCard rates={rates.data} /> : null}
      </Stack>
    </PageBody>
  );
}
