'use client';

import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import { Loading } from '@/components/ui/loading';
import { Pager, usePages } from '@/components/ui/pager';
import {
  isNarrowed,
  type Narrowed,
  narrowedQuery,
  StatementFilters,
} from '@/components/ui/statement-filters';
import type { StatementGroup } from '@/server/features/ledger/schema';
import { STATEMENT_GROUPS, StatementTable } from '../statement-table';

/** Every posting that moved the organization's sats, to be narrowed and downloaded. */
export function Statement({ refetchInterval }: { refetchInterval: number | false }) {
  const trpc = useTRPC();
  const pages = usePages();
  const [filter, setFilter] = useState<Narrowed<StatementGroup>>({});
  const statement = useQuery(
    trpc.ledger.statement.queryOptions(
      { limit: 50, ...filter, ...pages.query },
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
          href={`/dashboard/billing/statement.csv${narrowedQuery(filter)}`}
          download
        >
          Download CSV
        </Button>
      }
    >
      <StatementFilters
        groups={STATEMENT_GROUPS}
        filter={filter}
        onChange={(next) => {
          setFilter(next);
          pages.toFirst();
        }}
      />
      {statement.isPending ? <Loading height={14} m={20} width="50%" /> : null}
      {statement.data ? (
        <StatementTable lines={statement.data.data} narrowed={isNarrowed(filter)} />
      ) : null}
      <Pager pages={pages} next={statement.data?.next_cursor} />
    </Card>
  );
}
