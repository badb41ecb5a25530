'use client';

import { Group, NativeSelect, TextInput } from '@mantine/core';

/** What a statement is narrowed to. */
export interface Narrowed<GroupName extends string> {
  group?: GroupName | undefined;
  /** First and last day, UTC. */
  from?: string | undefined;
  to?: string | undefined;
}

/** Whether it is narrowed at all. */
export const isNarrowed = (filter: Narrowed<string>) => Object.values(filter).some(Boolean);

/** The filter as a query with its question mark; empty where nothing is left out. */
export function narrowedQuery(filter: Narrowed<string>): string {
  const set = Object.entries(filter).filter(([, value]) => value);
  return set.length > 0 ? `?${new URLSearchParams(set)}` : '';
}

/** Narrows a statement to a kind of lines and to days. */
export function StatementFilters<GroupName extends string>(props: {
  groups: readonly { value: GroupName; label: string }[];
  filter: Narrowed<GroupName>;
  onChange: (filter: Narrowed<GroupName>) => void;
}) {
  const { groups, filter, onChange } = props;
  return (
    <Group gap="xs" px={20} pb={12} component="search">
      <NativeSelect
        size="xs"
        aria-label="Kind of lines"
        value={filter.group ?? ''}
        onChange={(event) =>
          onChange({ ...filter, group: (event.currentTarget.value || undefined) as GroupName })
        }
        data={[{ value: '', label: 'All lines' }, ...groups]}
      />
      <TextInput
        size="xs"
        type="date"
        aria-label="First day (UTC)"
        value={filter.from ?? ''}
        max={filter.to}
        onChange={(event) => onChange({ ...filter, from: event.currentTarget.value || undefined })}
      />
      <TextInput
        size="xs"
        type="date"
        aria-label="Last day (UTC)"
        value={filter.to ?? ''}
        min={filter.from}
        onChange={(event) => onChange({ ...filter, to: event.currentTarget.value || undefined })}
      />
    </Group>
  );
}
