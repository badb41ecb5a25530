'use client';

import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { Loading } from '@/components/ui/loading';
import { Pager, type usePages } from './pager';
import { isNarrowed, type Narrowed, narrowedQuery, StatementFilters } from './statement-filters';

/** A paginated statement with filters and an optional download. */
export function StatementCard<GroupName extends string, Line>(props: {
  statement: {
    data?: { data: Line[]; next_cursor: string | null } | undefined;
    error: unknown;
    isError: boolean;
    isPending: boolean;
    refetch: () => Promise<unknown>;
  };
  pages: ReturnType<typeof usePages>;
  groups: readonly { value: GroupName; label: string }[];
  filter: Narrowed<GroupName>;
  onFilter: (filter: Narrowed<GroupName>) => void;
  download?: { href: string; label: string };
  /** @param narrowed whether filters hide some lines. */
  children: (lines: Line[], narrowed: boolean) => ReactNode;
}) {
  const { statement, pages, groups, filter, onFilter, download, children } = props;
  if (statement.isError) return <QueryFailure query={statement} />;
  return (
    <Card
      flush
      title="Statement"
      aside={
        download ? (
          <Button
            size="xs"
            variant="default"
            component="a"
            href={download.href + narrowedQuery(filter)}
            download
          >
            {download.label}
          </Button>
        ) : null
      }
    >
      <StatementFilters
        groups={groups}
        filter={filter}
        onChange={(next) => {
          onFilter(next);
          pages.toFirst();
        }}
      />
      {statement.isPending ? <Loading height={14} m={20} width="50%" /> : null}
      {statement.data ? children(statement.data.data, isNarrowed(filter)) : null}
      <Pager pages={pages} next={statement.data?.next_cursor} />
    </Card>
  );
}
