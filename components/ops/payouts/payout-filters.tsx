'use client';

import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { RefObject } from 'react';
import { FilterSelect } from '@/components/ops/filter-select';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { SearchField } from '@/components/ui/tables/search-field';
import { humanise } from '@/components/ui/values/humanise';
import { PAYOUT_STATES } from '@/server/features/payouts/policy';
import type { PAYOUT_FIELDS } from '../list-fields';
import type { FilterChanges, ListFilter } from '../list-filter';
import classes from '../ops.module.css';
import { STATES } from './words';

const AGES = [
  { value: '', label: 'Any age' },
  { value: 'hour', label: 'Over an hour old' },
  { value: 'day', label: 'Over a day old' },
  { value: 'week', label: 'Over a week old' },
];

/** What the list is narrowed to. */
export function PayoutFilters(props: {
  filter: ListFilter<typeof PAYOUT_FIELDS>;
  /** The mode that is on show where the address names none. */
  mode: 'live' | 'test';
  search: RefObject<HTMLInputElement | null>;
  onChange: (changes: FilterChanges<typeof PAYOUT_FIELDS>) => void;
}) {
  const { filter, mode, search, onChange } = props;
  const trpc = useTRPC();
  const rails = useQuery(trpc.payouts.rails.queryOptions());
  return (
    <search className={classes.filters} aria-label="Filter the payouts">
      <SearchField
        ref={search}
        label="Organization or its id"
        value={filter.organization}
        onChange={(organization) => onChange({ organization })}
      />
      <SearchField
        label="Worker, address or id"
        value={filter.worker}
        onChange={(worker) => onChange({ worker })}
      />
      <FilterSelect
        label="State"
        any="Any state"
        value={filter.state}
        onChange={(state) => onChange({ state })}
        options={PAYOUT_STATES}
        wordOf={(state) => STATES[state]}
      />
      <NativeSelect
        aria-label="Mode"
        value={filter.mode ?? mode}
        onChange={(event) => onChange({ mode: event.currentTarget.value })}
        data={[
          { value: 'live', label: 'Live' },
          { value: 'test', label: 'Test' },
        ]}
      />
      <FilterSelect
        label="Rail"
        any="Any rail"
        value={filter.rail}
        onChange={(rail) => onChange({ rail })}
        options={rails.data ?? []}
        wordOf={humanise}
      />
      <NativeSelect
        aria-label="Age"
        value={filter.olderThan ?? ''}
        onChange={(event) => onChange({ olderThan: event.currentTarget.value })}
        data={AGES}
      />
    </search>
  );
}
