'use client';

import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import { humanise } from '@/components/ui/humanise';
import { Loading } from '@/components/ui/loading';
import { MovesTable } from '@/components/ui/moves-table';
import { Pager, usePages } from '@/components/ui/pager';
import {
  isNarrowed,
  type Narrowed,
  narrowedQuery,
  StatementFilters,
} from '@/components/ui/statement-filters';
import type { EarningsGroup } from '@/server/features/ledger/schema';
import { usePresence } from '../presence-context';

const GROUPS: { value: EarningsGroup; label: string }[] = [
  { value: 'earned', label: 'Earned' },
  { value: 'sent', label: 'Sent to you' },
  { value: 'adjusted', label: 'Adjusted' },
];

/** Every posting that moved the worker's sats, to be narrowed and downloaded. */
export function EarningsStatement() {
  const trpc = useTRPC();
  const { refetchInterval } = usePresence();
  const pages = usePages();
  const [filter, setFilter] = useState<Narrowed<EarningsGroup>>({});
  const statement = useQuery(
    trpc.ledger.earnings.queryOptions(
      { limit: 20, ...filter, ...pages.query },
      { refetchInterval, placeholderData: keepPreviousData },
    ),
  );
  if (statement.isError) {
    return <FailureNotice error={statement.error} onRetry={() => void statement.refetch()} />;
  }
  return (
    <Card
      flush
      title="Statement"
      aside={
        <Button
          size="xs"
          variant="default"
          component="a"
          href={`/work/earnings/statement.csv${narrowedQuery(filter)}`}
          download
        >
          Download statement
        </Button>
      }
    >
      <StatementFilters
        groups={GROUPS}
        filter={filter}
        onChange={(next) => {
          setFilter(next);
          pages.toFirst();
        }}
      />
      {statement.isPending ? <Loading height={14} m={20} width="50%" /> : null}
      {statement.data ? (
        <MovesTable
          label="Lines of the statement"
          names={['Balance', 'On the way']}
          none={
            isNarrowed(filter)
              ? 'Nothing of this kind moved in these days.'
              : 'Each accepted answer stands here, and each payout.'
          }
          moves={statement.data.data.map((line) => ({
            ...{ id: line.id, at: line.createdAt, what: line.what },
            about: line.reason ?? (line.taskType === null ? null : humanise(line.taskType)),
            amounts: [line.payableSats, line.inFlightSats],
            after: [line.payableAfterSats, line.inFlightAfterSats],
          }))}
        />
      ) : null}
      <Pager pages={pages} next={statement.data?.next_cursor} />
    </Card>
  );
}
