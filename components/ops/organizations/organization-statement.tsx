'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { STATEMENT_GROUPS, StatementTable } from '@/components/dashboard/billing/statement-table';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { usePages } from '@/components/ui/tables/pager';
import { StatementCard } from '@/components/ui/tables/statement-card';
import type { Narrowed } from '@/components/ui/tables/statement-filters';
import type { StatementGroup } from '@/server/features/ledger/schema';

/** The postings that moved an organization's sats, newest first. */
export function OrganizationStatement({ organizationId }: { organizationId: string }) {
  const trpc = useTRPC();
  const pages = usePages();
  const [filter, setFilter] = useState<Narrowed<StatementGroup>>({});
  const statement = useQuery(
    trpc.customers.statement.queryOptions(
      { organizationId, ...filter, ...pages.query },
      { placeholderData: keepPreviousData },
    ),
  );
  return (
    <StatementCard {...{ statement, pages, filter, groups: STATEMENT_GROUPS }} onFilter={setFilter}>
      {(lines, narrowed) => <StatementTable lines={lines} narrowed={narrowed} links={false} />}
    </StatementCard>
  );
}
