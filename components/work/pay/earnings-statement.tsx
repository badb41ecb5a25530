'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { MovesTable } from '@/components/ui/tables/moves-table';
import { usePages } from '@/components/ui/tables/pager';
import { StatementCard } from '@/components/ui/tables/statement-card';
import type { Narrowed } from '@/components/ui/tables/statement-filters';
import { humanise } from '@/components/ui/values/humanise';
import { usePresence } from '@/components/work/presence/presence-context';
import type { EarningsGroup } from '@/server/features/ledger/schema';

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
  return (
    <StatementCard
      {...{ statement, pages, filter, groups: GROUPS }}
      onFilter={setFilter}
      download={{ href: '/work/earnings/statement.csv', label: 'Download statement' }}
    >
      {(lines, narrowed) => (
        <MovesTable
          label="Lines of the statement"
          names={['Balance', 'On the way']}
          none={
            narrowed
              ? 'Nothing of this kind moved in these days.'
              : 'Each accepted answer stands here, and each payout.'
          }
          moves={lines.map((line) => ({
            ...{ id: line.id, at: line.createdAt, what: line.what },
            about: line.reason ?? (line.taskType === null ? null : humanise(line.taskType)),
            amounts: [line.payableSats, line.inFlightSats],
            after: [line.payableAfterSats, line.inFlightAfterSats],
          }))}
        />
      )}
    </StatementCard>
  );
}
