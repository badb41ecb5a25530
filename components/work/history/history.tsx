'use client';

import { Button, Group, NativeSelect } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { usePathname, useSearchParams } from 'next/navigation';
import dashboard from '@/components/dashboard/dashboard.module.css';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { PageHeader } from '@/components/ui/page-header';
import { QueryCard } from '@/components/ui/query-card';
import { humanise } from '@/components/ui/values/humanise';
import { usePresence } from '@/components/work/presence/presence-context';
import classes from '@/components/work/work.module.css';
import { AnswerRow } from './answer-row';
import { type HistoryFilter, historyFilterOf, queryOf } from './history-filter';

/** What the worker answered, what became of each answer and why, and what was paid. */
export function History() {
  const trpc = useTRPC();
  const { refetchInterval } = usePresence();
  const params = useSearchParams();
  const pathname = usePathname();
  const filter = historyFilterOf((name) => params?.get(name));
  const setFilter = (next: HistoryFilter) => {
    // Pages are places: Back leads to the one before.
    window.history.pushState(null, '', `${pathname}${queryOf(next)}`);
  };
  const answers = useQuery(
    trpc.assignments.answers.queryOptions(filter, {
      refetchInterval,
      placeholderData: keepPreviousData,
    }),
  );
  const narrowed = Boolean(filter.status || filter.type || filter.appealed);
  return (
    <PageBody>
      <PageHeader
        title="History"
        about="Your answers, newest first, each with its verdict and the reason for it."
      />
      <div className={dashboard.stack}>
        <Filters filter={filter} onChange={setFilter} />
        <QueryCard
          query={answers}
          title="Answers"
          wait={{ width: '60%' }}
          empty={<Nothing narrowed={narrowed} />}
        >
          {answers.data?.data.map((answer) => (
            <AnswerRow key={answer.id} answer={answer} />
          ))}
        </QueryCard>
        <Group justify="space-between">
          {filter.after ? (
            <Button
              variant="default"
              onClick={() => {
                const { after: _newest, ...rest } = filter;
                setFilter(rest);
              }}
            >
              Newest
            </Button>
          ) : (
            <span />
          )}
          {answers.data?.next_cursor ? (
            <Button
              variant="default"
              onClick={() => setFilter({ ...filter, after: String(answers.data.next_cursor) })}
            >
              Older
            </Button>
          ) : null}
        </Group>
      </div>
    </PageBody>
  );
}

function Nothing({ narrowed }: { narrowed: boolean }) {
  return narrowed ? (
    <EmptyState icon={<Icon name="clock" />} title="No answers like that">
      Take a filter away to see more.
    </EmptyState>
  ) : (
    <EmptyState icon={<Icon name="clock" />} title="No answers yet">
      Once you answer a task, it stands here with its verdict and its pay.
    </EmptyState>
  );
}

const SHOWN = [
  { value: '', label: 'All answers' },
  { value: 'accepted', label: 'Accepted' },
  { value: 'rejected', label: 'Rejected' },
  { value: 'pending', label: 'Being verified' },
  { value: 'superseded', label: 'Not needed' },
  { value: 'appealed', label: 'Appealed' },
];

function Filters(props: { filter: HistoryFilter; onChange: (filter: HistoryFilter) => void }) {
  const { filter, onChange } = props;
  const trpc = useTRPC();
  const types = useQuery(trpc.assignments.answeredTypes.queryOptions());
  const known = new Set([...(types.data ?? []), ...(filter.type ? [filter.type] : [])]);
  const type = filter.type ? { type: filter.type } : {};
  const shown = filter.appealed
    ? { appealed: true as const }
    : filter.status
      ? { status: filter.status }
      : {};
  return (
    <search className={classes.filters} style={{ padding: 0 }} aria-label="Filter your answers">
      <NativeSelect
        aria-label="Verdict"
        value={filter.appealed ? 'appealed' : (filter.status ?? '')}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onChange({
            ...type,
            ...(value === 'appealed' ? { appealed: true } : {}),
            ...(value && value !== 'appealed' ? { status: value as never } : {}),
          });
        }}
        data={SHOWN}
      />
      <NativeSelect
        aria-label="Type"
        value={filter.type ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onChange({ ...shown, ...(value ? { type: value } : {}) });
        }}
        data={[
          { value: '', label: 'All types' },
          ...[...known].map((name) => ({ value: name, label: humanise(name) })),
        ]}
      />
    </search>
  );
}
