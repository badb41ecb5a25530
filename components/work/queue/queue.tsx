'use client';

import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import dashboard from '@/components/dashboard/dashboard.module.css';
import { fetchTaskForm } from '@/components/task-form/lazy-task-form';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { PageBody } from '@/components/ui/frame/app-frame';
import { useFetchedAhead } from '@/components/ui/frame/use-fetched-ahead';
import { Loading } from '@/components/ui/loading';
import { PageHeader } from '@/components/ui/page-header';
import { sats } from '@/components/ui/values/humanise';
import { CommandKey } from '@/components/work/keys/key-cap';
import { useCommands, useKeys } from '@/components/work/keys/keys-context';
import { usePresence } from '@/components/work/presence/presence-context';
import { QueueTable } from './queue-table';
import { useNextTask } from './use-next-task';
import { YourTasks } from './your-tasks';

const NONE = 'Nothing can be taken right now. Stay online, and tasks come to you.';

/** A worker's first page: what is offered, what can be taken, and what was earned. */
export function Queue() {
  const trpc = useTRPC();
  const router = useRouter();
  const { refetchInterval } = usePresence();
  const { showKeys } = useKeys();
  const assignments = useQuery(trpc.assignments.list.queryOptions(undefined, { refetchInterval }));
  const { goOn, isSearching } = useNextTask();
  const first = assignments.data?.find((each) => !each.submitsAt);
  const next = () => {
    if (first) router.push(`/work/tasks/${first.id}`);
    else if (!isSearching) void goOn({ whenNone: NONE });
  };
  useCommands({ next });
  useFetchedAhead(fetchTaskForm);
  return (
    <PageBody>
      <PageHeader
        title="Queue"
        about={<Earnings />}
        actions={
          <Group gap="sm">
            <Button
              variant="subtle"
              color="gray"
              onClick={showKeys}
              visibleFrom="sm"
              rightSection={<CommandKey name="showKeys" />}
            >
              Keys
            </Button>
            <Button loading={isSearching} onClick={next} rightSection={<CommandKey name="next" />}>
              Get a task
            </Button>
          </Group>
        }
      />
      <div className={dashboard.stack}>
        <YourTasks
          assignments={assignments.data}
          error={assignments.error}
          onRetry={() => void assignments.refetch()}
        />
        <QueueTable />
      </div>
    </PageBody>
  );
}

function Earnings() {
  const trpc = useTRPC();
  const { refetchInterval } = usePresence();
  const paid = useQuery(trpc.payouts.paidSats.queryOptions(undefined, { refetchInterval }));
  const balance = useQuery(trpc.ledger.workerBalance.queryOptions(undefined, { refetchInterval }));
  if (paid.data === undefined || !balance.data) return <Loading height={14} width={220} />;
  const coming = balance.data.payableSats + balance.data.inFlightSats;
  return (
    <Text span>
      {sats(paid.data)} paid{coming > 0 ? `, ${sats(coming)} on the way` : ''}
    </Text>
  );
}
