'use client';

import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { PageBody } from '@/components/ui/app-frame';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { FailureNotice } from '@/components/ui/failure-notice';
import { humanise } from '@/components/ui/humanise';
import { Icon } from '@/components/ui/icons';
import { Loading } from '@/components/ui/loading';
import { PageHeader } from '@/components/ui/page-header';
import { WORKER_STATES } from '@/server/features/onboarding/schema';
import { useWorkerFilter, type WorkerFilter } from './use-worker-filter';
import { WorkerRow } from './worker-row';
import classes from './workers.module.css';

/** Every worker of the mode: who waits to be let in, who works, and how well. */
export function Workers() {
  const trpc = useTRPC();
  const { filter, setFilter } = useWorkerFilter();
  const workers = useQuery(
    trpc.onboarding.workers.queryOptions(filter, { placeholderData: keepPreviousData }),
  );
  const next = workers.data?.next_cursor;
  const narrowed = Boolean(filter.state || filter.search || filter.skill);
  return (
    <PageBody wide>
      <PageHeader
        title="Workers"
        about="Let people in, and look after those who work. Each change is written to the audit log."
      />
      <Filters filter={filter} onChange={setFilter} />
      {workers.isError ? (
        <FailureNotice error={workers.error} onRetry={() => void workers.refetch()} />
      ) : null}
      <Card flush>
        {workers.isPending ? <Loading height={14} m={20} width="60%" /> : null}
        {workers.data?.data.length === 0 ? (
          <EmptyState
            icon={<Icon name="people" />}
            title={narrowed ? 'Nobody like that' : 'No workers yet'}
          >
            {narrowed
              ? 'Take a filter away to see more.'
              : 'Whoever signs up at /work/sign-up appears here.'}
          </EmptyState>
        ) : null}
        {workers.data?.data.map((worker) => (
          <WorkerRow key={worker.id} worker={worker} />
        ))}
      </Card>
      <Group justify="space-between" mt="md">
        {filter.after ? (
          <Button variant="default" onClick={() => setFilter({ ...filter, after: '' })}>
            Newest
          </Button>
        ) : (
          <span />
        )}
        {next ? (
          <Button variant="default" onClick={() => setFilter({ ...filter, after: next })}>
            Older
          </Button>
        ) : null}
      </Group>
    </PageBody>
  );
}

function Filters(props: { filter: WorkerFilter; onChange: (filter: WorkerFilter) => void }) {
  const { filter, onChange } = props;
  const trpc = useTRPC();
  const counts = useQuery(trpc.onboarding.countWorkers.queryOptions());
  const skills = useQuery(trpc.onboarding.skillNames.queryOptions());
  const [search, setSearch] = useState(filter.search ?? '');
  const narrow = (change: WorkerFilter) => onChange({ ...filter, ...change, after: '' });
  const searchSoon = useDebouncedCallback((text: string) => narrow({ search: text.trim() }), 250);
  const label = (state: (typeof WORKER_STATES)[number]) =>
    `${humanise(state)}${counts.data ? ` (${counts.data[state]})` : ''}`;
  return (
    <search className={classes.filters} aria-label="Filter the workers">
      <TextInput
        aria-label="Name, address or id"
        placeholder="Name, address or id"
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          searchSoon(event.currentTarget.value);
        }}
      />
      <NativeSelect
        aria-label="State"
        value={filter.state ?? ''}
        onChange={(event) => narrow({ state: (event.currentTarget.value || undefined) as never })}
        data={[
          { value: '', label: 'Any state' },
          ...WORKER_STATES.map((state) => ({ value: state, label: label(state) })),
        ]}
      />
      <NativeSelect
        aria-label="Skill"
        value={filter.skill ?? ''}
        onChange={(event) => narrow({ skill: event.currentTarget.value || undefined })}
        data={[
          { value: '', label: 'Any skill' },
          ...(skills.data ?? []).map((name) => ({ value: name, label: humanise(name) })),
        ]}
      />
    </search>
  );
}
