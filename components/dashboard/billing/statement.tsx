'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { usePages } from '@/components/ui/tables/pager';
import { StatementCard } from '@/components/ui/tables/statement-card';
import type { Narrowed } from '@/components/ui/tables/statement-filters';
import type { StatementGroup } from '@/server/features/ledger/schema';
import { STATEMENT_GROUPS, StatementTable } from './statement-table';

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
  return (
    <StatementCard
      {...{ statement, pages, filter, groups: STATEMENT_GROUPS }}
      onFilter={setFilter}
      download={{ href: '/dashboard/billing/statement.csv', label: 'Download CSV' }}
    >
      {(lines, narrowed) => <StatementTable lines={lines} narrowed={narrowed} />}
    </StatementCard>
  );
}
