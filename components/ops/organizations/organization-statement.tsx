'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { STATEMENT_GROUPS, StatementTable } from '@/components/dashboard/statement-table';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import { Loading } from '@/components/ui/loading';
import { Pager, usePages } from '@/components/ui/pager';
import { isNarrowed, type Narrowed, StatementFilters } from '@/components/ui/statement-filters';
import type { StatementGroup } from '@/server/features/ledger/schema';

/** The postings that moved an organization's sats, newest first. */
export function StatementCard({ organizationId }: { organizationId: string }) {
  const trpc = useTRPC();
  const pages = usePages();
  const [filter, setFilter] = useState<Narrowed<StatementGroup>>({});
  const statement = useQuery(
    trpc.customers.statement.queryOptions(
      { organizationId, ...filter, ...pages.query },
      { placeholderData: keepPreviousData },
    ),
  );
  if (statement.isError) {
    return <FailureNotice error={statement.error} onRetry={() => void statement.refetch()} />;
  }
  return (
    <Card title="Statement" flush>
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
        <StatementTable lines={statement.data.data} narrowed={isNarrowed(filter)} links={false} />
      ) : null}
      <Pager pages={pages} next={statement.data?.next_cursor} />
    </Card>
  );
}
