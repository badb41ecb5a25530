'use client';

import { Button, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useRef, useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { Icon } from '@/components/ui/icons';
import { useCommands } from '@/components/work/keys/keys-context';
import { usePresence } from '@/components/work/presence/presence-context';
import classes from '@/components/work/work.module.css';
import { QueueFilters, useQueueFilter } from './queue-filters';
import { QueueRow, QueueRowSkeleton } from './queue-row';
import { useClaim } from './use-claim';
import { useRowKeys } from './use-row-keys';

/** Fetched after the queue: it can show every kind of payload. */
const PreviewDialog = dynamic(() => import('./preview-dialog').then((file) => file.PreviewDialog), {
  ssr: false,
});

/** What can be taken now, the most urgent first unless asked otherwise, with what it comes to. */
export function QueueTable() {
  const trpc = useTRPC();
  const { refetchInterval } = usePresence();
  const { filter, setFilter } = useQueueFilter();
  const queue = useQuery(
    trpc.queue.list.queryOptions(filter, { refetchInterval, placeholderData: keepPreviousData }),
  );
  const counts = useQuery(trpc.queue.counts.queryOptions(undefined, { refetchInterval }));
  const [previewed, setPreviewed] = useState<string | null>(null);
  const claim = useClaim();
  const list = useRef<HTMLUListElement>(null);
  const rows = useRowKeys(list);
  useCommands({
    down: () => rows.move(1),
    up: () => rows.move(-1),
    take: () => {
      const taskId = rows.current();
      if (taskId && !claim.isPending) claim.mutate({ taskId });
    },
    filter: () => document.getElementById('queue-filter')?.focus(),
  });
  if (queue.isError && !queue.data) {
    return <QueryFailure query={queue} />;
  }
  const all = (counts.data ?? []).reduce((sum, each) => sum + each.tasks, 0);
  const items = queue.data?.items;
  return (
    <Card
      flush
      title="Open to take"
      aside={
        <Text size="sm" c="dimmed" className="tabular" role="status">
          {queue.data
            ? countText({ shown: queue.data.items.length, matching: queue.data.matching, all })
            : ''}
        </Text>
      }
    >
      <QueueFilters counts={counts.data ?? []} filter={filter} onChange={setFilter} />
      {items?.length === 0 ? <NothingToTake all={all} onClear={() => setFilter({})} /> : null}
      {items?.length === 0 ? null : (
        <div className={`${classes.queueRow} ${classes.queueHead}`} aria-hidden="true">
          <span>Type</span>
          <span>Pays</span>
          <span>Takes</span>
          <span>Comes to</span>
          <span>Closes in</span>
          <span />
        </div>
      )}
      <ul ref={list} className="bare-list" aria-label="Tasks to take">
        {items ? null : <QueueRowSkeleton />}
        {items?.map((item) => (
          <QueueRow
            key={item.taskId}
            item={item}
            claiming={claim.isPending}
            claimed={claim.isPending && claim.variables.taskId === item.taskId}
            onClaim={() => claim.mutate({ taskId: item.taskId })}
            onPreview={() => setPreviewed(item.taskId)}
          />
        ))}
      </ul>
      <PreviewDialog
        taskId={previewed}
        claiming={claim.isPending}
        onClaim={(taskId) => claim.mutate({ taskId })}
        onClose={() => setPreviewed(null)}
      />
    </Card>
  );
}

/** How many there are, whatever is shown of them. */
function countText({ shown, matching, all }: { shown: number; matching: number; all: number }) {
  if (matching === all) return shown === all ? `${all} in all` : `${shown} of ${all} shown`;
  const fitting = `${matching} of ${all} fit`;
  return shown === matching ? fitting : `${fitting}, ${shown} shown`;
}

function NothingToTake({ all, onClear }: { all: number; onClear: () => void }) {
  return (
    <EmptyState
      icon={<Icon name="list" />}
      title="Nothing to take now"
      action={
        all > 0 ? (
          <Button variant="default" onClick={onClear}>
            Clear filters
          </Button>
        ) : null
      }
    >
      {all > 0
        ? `What is open does not match the filter: ${all} in all.`
        : 'No open task fits your skills right now. Stay online, and tasks are offered to you as they come.'}
    </EmptyState>
  );
}
