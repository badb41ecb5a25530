'use client';

import { Button, CloseButton, Group, Kbd, Radio, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type RefObject, useState } from 'react';
import { STATUSES } from '@/components/dashboard/tasks/statuses';
import classes from '@/components/dashboard/tasks/tasks.module.css';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Icon } from '@/components/ui/icons';
import { SearchField } from '@/components/ui/tables/search-field';
import { humanise } from '@/components/ui/values/humanise';
import { ChoiceFilter, FilterMenu } from './filter-menu';
import { isFiltered, type ListState, SPANS, type Span } from './list-address';

interface FiltersProps {
  state: ListState;
  change: (change: Partial<ListState>) => void;
  clear: () => void;
  searchRef: RefObject<HTMLInputElement | null>;
}

/** What the list is narrowed to; every change goes into the address. */
export function Filters({ state, change, clear, searchRef }: FiltersProps) {
  const trpc = useTRPC();
  const types = useQuery(trpc.tasks.types.queryOptions());
  const known = [...new Set([...(types.data ?? []), ...state.type])];
  return (
    <Stack gap={10}>
      <Group gap={8}>
        <SearchField
          ref={searchRef}
          type="search"
          label="Search tasks"
          placeholder="Search id, text or metadata"
          leftSection={<Icon name="search" />}
          hint={<Kbd size="xs">/</Kbd>}
          value={state.search}
          onChange={(search) => change({ search })}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
          className={classes.search}
        />
        <ChoiceFilter
          label="Status"
          options={STATUSES.map((value) => ({ value, label: humanise(value) }))}
          value={state.status}
          onChange={(status) => change({ status })}
        />
        <ChoiceFilter
          label="Type"
          options={known.map((value) => ({ value, label: humanise(value) }))}
          value={state.type}
          onChange={(type) => change({ type })}
        />
        <CreatedFilter state={state} change={change} />
        <MetadataFilter state={state} change={change} />
        {isFiltered(state) ? (
          <Button variant="subtle" color="gray" onClick={clear}>
            Clear
          </Button>
        ) : null}
      </Group>
      <MetadataPills state={state} change={change} />
    </Stack>
  );
}

function CreatedFilter({ state, change }: { state: ListState; change: FiltersProps['change'] }) {
  const chosen =
    state.from || state.to
      ? `${state.from ?? '…'} – ${state.to ?? '…'}`
      : state.span
        ? SPANS[state.span].label
        : null;
  return (
    <FilterMenu label="Created" chosen={chosen}>
      {() => (
        <Stack gap={10} miw={210}>
          <Radio.Group
            aria-label="Created within"
            value={state.from || state.to ? '' : (state.span ?? 'any')}
            onChange={(value) =>
              change({ span: value === 'any' ? null : (value as Span), from: null, to: null })
            }
          >
            <Stack gap={8}>
              <Radio value="any" label="Any time" />
              {Object.entries(SPANS).map(([value, { label }]) => (
                <Radio key={value} value={value} label={label} />
              ))}
            </Stack>
          </Radio.Group>
          <TextInput
            type="date"
            label="From (UTC)"
            value={state.from ?? ''}
            max={state.to ?? undefined}
            onChange={(event) => change({ from: event.currentTarget.value || null, span: null })}
          />
          <TextInput
            type="date"
            label="To (UTC)"
            value={state.to ?? ''}
            min={state.from ?? undefined}
            onChange={(event) => change({ to: event.currentTarget.value || null, span: null })}
          />
        </Stack>
      )}
    </FilterMenu>
  );
}

function MetadataFilter({ state, change }: { state: ListState; change: FiltersProps['change'] }) {
  const [key, setKey] = useState('');
  const [value, setValue] = useState('');
  const count = Object.keys(state.metadata).length;
  return (
    <FilterMenu label="Metadata" chosen={count > 0 ? String(count) : null}>
      {(close) => (
        <form
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            if (key.trim() === '') return;
            change({ metadata: { ...state.metadata, [key.trim()]: value } });
            setKey('');
            setValue('');
            close();
          }}
        >
          <Stack gap={10} miw={210}>
            <TextInput
              label="Key"
              required
              maxLength={64}
              value={key}
              onChange={(event) => setKey(event.currentTarget.value)}
            />
            <TextInput
              label="Value, exactly"
              maxLength={1024}
              value={value}
              onChange={(event) => setValue(event.currentTarget.value)}
            />
            <Button type="submit">Add</Button>
          </Stack>
        </form>
      )}
    </FilterMenu>
  );
}

function MetadataPills({ state, change }: { state: ListState; change: FiltersProps['change'] }) {
  const pairs = Object.entries(state.metadata);
  if (pairs.length === 0) return null;
  return (
    <Group gap={6}>
      {pairs.map(([key, value]) => (
        <span key={key} className={classes.pill}>
          <code>
            {key} = {value}
          </code>
          <CloseButton
            size="xs"
            aria-label={`Remove ${key}`}
            onClick={() => {
              const { [key]: _removed, ...metadata } = state.metadata;
              change({ metadata });
            }}
          />
        </span>
      ))}
    </Group>
  );
}
