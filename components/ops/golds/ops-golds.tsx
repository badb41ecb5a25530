'use client';

import { NativeSelect } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { PageHeader } from '@/components/ui/page-header';
import { QueryCard } from '@/components/ui/query-card';
import { SearchField } from '@/components/ui/tables/search-field';
import { SHIPPED_GOLDS } from '@/server/features/golds/policy';
import { GOLD_FIELDS } from '../list-fields';
import type { FilterChanges, ListFilter } from '../list-filter';
import { ListPages } from '../list-pages';
import classes from '../ops.module.css';
import { useListFilter } from '../use-list-filter';
import { OpsGoldRow } from './ops-gold-row';

const STATES = [
  { value: '', label: 'Any state' },
  { value: 'asked', label: 'Asked' },
  { value: 'doubtful', label: 'To be looked at' },
  { value: 'retired_itself', label: 'Retired by itself' },
  { value: 'retired', label: 'Retired by somebody' },
];

/** The golds of all organizations and those that ship: which are sick, and what became of them. */
export function OpsGolds() {
  const trpc = useTRPC();
  const { filter, set } = useListFilter(GOLD_FIELDS);
  const golds = useQuery(
    trpc.golds.everywhere.queryOptions(filter, { placeholderData: keepPreviousData }),
  );
  const narrowed = Boolean(filter.state || filter.type || filter.organizationId);
  return (
    <PageBody wide>
      <PageHeader
        title="Golds"
        about="Tasks whose answer is known, of every organization and of the types that ship: how they fare, and whether workers were right to disagree."
      />
      <Filters filter={filter} onChange={set} />
      <QueryCard
        query={golds}
        wait={{ height: 80, label: 'Loading the golds', width: undefined }}
        empty={
          <EmptyState
            icon={<Icon name="check" />}
            title={narrowed ? 'No gold like that' : 'No golds yet'}
          >
            {narrowed
              ? 'Take a filter away to see more.'
              : 'Organizations add them to their task types.'}
          </EmptyState>
        }
      >
        {golds.data?.data.map((gold) => (
          <OpsGoldRow key={gold.id} gold={gold} />
        ))}
      </QueryCard>
      <ListPages filter={filter} page={golds.data} onChange={set} />
    </PageBody>
  );
}

function Filters(props: {
  filter: ListFilter<typeof GOLD_FIELDS>;
  onChange: (changes: FilterChanges<typeof GOLD_FIELDS>) => void;
}) {
  const { filter, onChange } = props;
  const { organizationId } = filter;
  return (
    <search className={classes.filters} aria-label="Filter the golds">
      <NativeSelect
        aria-label="State"
        value={filter.state ?? ''}
        onChange={(event) => onChange({ state: event.currentTarget.value })}
        data={STATES}
      />
      <SearchField
        className={classes.search}
        label="Task type"
        placeholder="Task type, such as content_review"
        maxLength={128}
        value={filter.type}
        onChange={(type) => onChange({ type })}
      />
      <NativeSelect
        aria-label="Whose"
        value={organizationId ?? ''}
        onChange={(event) => onChange({ organizationId: event.currentTarget.value })}
        data={[
          { value: '', label: 'Of everybody' },
          { value: SHIPPED_GOLDS, label: 'Of types that ship' },
          ...(organizationId && organizationId !== SHIPPED_GOLDS
            ? [{ value: organizationId, label: 'Of one organization' }]
            : []),
        ]}
      />
    </search>
  );
}
