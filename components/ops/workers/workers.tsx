'use client';

import { Button, Group, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type RefObject, useRef, useState } from 'react';
import { FilterSelect } from '@/components/ops/filter-select';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { useListKeys } from '@/components/ui/keys/use-list-keys';
import { PageHeader } from '@/components/ui/page-header';
import { QueryCard } from '@/components/ui/query-card';
import { SearchField } from '@/components/ui/tables/search-field';
import { humanise } from '@/components/ui/values/humanise';
import { WORKER_STATES } from '@/server/features/onboarding/policy';
import { WORKER_FIELDS } from '../list-fields';
import type { FilterChanges, ListFilter } from '../list-filter';
import { ListPages } from '../list-pages';
import shared from '../ops.module.css';
import { useListFilter } from '../use-list-filter';
import { type Decided, VettingDialog } from './vetting-dialog';
import { WorkerRow } from './worker-row';
import classes from './workers.module.css';

/** Every worker of the mode: who waits to be let in, who works, and how well. */
export function Workers() {
  const trpc = useTRPC();
  const { filter, set } = useListFilter(WORKER_FIELDS);
  const workers = useQuery(
    trpc.onboarding.workers.queryOptions(filter, { placeholderData: keepPreviousData }),
  );
  const narrowed = Boolean(filter.state || filter.search || filter.skill);
  const list = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [decision, setDecision] = useState<{ approved: boolean; workers: Decided[] } | null>(null);
  const shown = workers.data?.data ?? [];
  // Who left the list by a filter or a decision is not decided on unseen.
  const chosen = shown.filter(({ id }) => selected.has(id));
  const clear = () => setSelected(new Set());
  const toggle = (id: string) =>
    setSelected((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  const decide = (approved: boolean, focused?: string) => {
    const about = chosen.length > 0 ? chosen : shown.filter(({ id }) => id === focused);
    if (about.length > 0) setDecision({ approved, workers: about });
  };
  useListKeys({
    list,
    rows: '[data-worker]',
    target: 'summary',
    noun: 'worker',
    section: 'Workers',
    search,
    selection: { idKey: 'worker', toggle, clear },
    more: (focused) => [
      { keys: 'a', label: 'Approve', run: () => decide(true, focused()) },
      { keys: 'r', label: 'Reject', run: () => decide(false, focused()) },
    ],
  });
  return (
    <PageBody wide>
      <PageHeader
        title="Workers"
        about="Let people in, and look after those who work. By keyboard: j and k move, x selects, a approves, r rejects."
      />
      <Filters filter={filter} onChange={set} searchRef={search} />
      {chosen.length > 0 ? (
        <section className={classes.bulk} aria-label="Selected workers">
          <Text size="sm" fw={500} aria-live="polite">
            {chosen.length} selected
          </Text>
          <Group gap="xs">
            <Button size="xs" onClick={() => decide(true)}>
              Approve…
            </Button>
            <Button size="xs" variant="default" onClick={() => decide(false)}>
              Reject…
            </Button>
            <Button size="xs" variant="subtle" color="gray" onClick={clear}>
              Clear selection
            </Button>
          </Group>
        </section>
      ) : null}
      <VettingDialog
        key={decision ? `${decision.approved} ${decision.workers.map(({ id }) => id)}` : 'none'}
        workers={decision?.workers ?? []}
        approved={decision?.approved ?? true}
        opened={decision !== null}
        onClose={() => setDecision(null)}
        onDone={clear}
      />
      <QueryCard
        keep
        query={workers}
        wait={{ width: '60%' }}
        empty={
          <EmptyState
            icon={<Icon name="people" />}
            title={narrowed ? 'Nobody like that' : 'No workers yet'}
          >
            {narrowed
              ? 'Take a filter away to see more.'
              : 'Whoever signs up at /work/sign-up appears here.'}
          </EmptyState>
        }
      >
        <div ref={list}>
          {shown.map((worker) => (
            <WorkerRow
              key={worker.id}
              worker={worker}
              selected={selected.has(worker.id)}
              onSelect={toggle}
            />
          ))}
        </div>
      </QueryCard>
      <ListPages filter={filter} page={workers.data} onChange={set} />
    </PageBody>
  );
}

function Filters(props: {
  filter: ListFilter<typeof WORKER_FIELDS>;
  onChange: (changes: FilterChanges<typeof WORKER_FIELDS>) => void;
  searchRef: RefObject<HTMLInputElement | null>;
}) {
  const { filter, onChange, searchRef } = props;
  const trpc = useTRPC();
  const counts = useQuery(trpc.onboarding.countWorkers.queryOptions());
  const skills = useQuery(trpc.onboarding.skillNames.queryOptions());
  const label = (state: (typeof WORKER_STATES)[number]) =>
    `${humanise(state)}${counts.data ? ` (${counts.data[state]})` : ''}`;
  return (
    <search className={shared.filters} aria-label="Filter the workers">
      <SearchField
        ref={searchRef}
        label="Name, address or id"
        value={filter.search}
        onChange={(search) => onChange({ search })}
      />
      <FilterSelect
        label="State"
        any="Any state"
        value={filter.state}
        onChange={(state) => onChange({ state })}
        options={WORKER_STATES}
        wordOf={label}
      />
      <FilterSelect
        label="Skill"
        any="Any skill"
        value={filter.skill}
        onChange={(skill) => onChange({ skill })}
        options={skills.data ?? []}
        wordOf={humanise}
      />
    </search>
  );
}
