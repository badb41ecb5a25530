'use client';

import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import classes from '@/components/dashboard/dashboard.module.css';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useTaskChanges } from '@/components/trpc/use-changes';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { FailureNotice } from '@/components/ui/failures/failure-notice';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { Loading } from '@/components/ui/loading';
import { PageHeader } from '@/components/ui/page-header';
import { GettingStarted } from './getting-started';
import { TaskRows } from './task-rows';

interface OverviewProps {
  mode: 'live' | 'test';
  publicUrl: string;
  role: 'owner' | 'admin' | 'developer' | 'viewer';
}

/** The customer's first page: money, tasks under way, and how to send the first one. */
export function Overview({ mode, publicUrl, role }: OverviewProps) {
  const trpc = useTRPC();
  const refetchInterval = useTaskChanges();
  const recent = useQuery(trpc.tasks.list.queryOptions({ limit: 6 }, { refetchInterval }));
  const started = (recent.data?.data.length ?? 0) > 0;
  return (
    <PageBody>
      <PageHeader title="Overview" />
      <div className={classes.stack}>
        <Figures refetchInterval={refetchInterval} />
        <QueryFailure query={recent} />
        <Card
          flush
          title="Recent tasks"
          aside={
            started ? (
              <Anchor component={Link} href="/dashboard/tasks" size="sm">
                All tasks
              </Anchor>
            ) : null
          }
        >
          {recent.data ? null : <Loading height={14} m={20} width="60%" />}
          {started ? <TaskRows tasks={recent.data?.data ?? []} /> : null}
          {recent.data && !started ? (
            <EmptyState icon={<Icon name="list" />} title="No tasks in this mode yet">
              Send the first one below; it appears here as it happens.
            </EmptyState>
          ) : null}
        </Card>
        <GettingStarted
          mode={mode}
          publicUrl={publicUrl}
          role={role}
          hasTask={started}
          hasVerified={recent.data?.data.some((task) => task.status === 'verified') ?? false}
        />
      </div>
    </PageBody>
  );
}

const NUMBER = new Intl.NumberFormat('en-US');

function Figures({ refetchInterval }: { refetchInterval: false | number }) {
  const trpc = useTRPC();
  const balance = useQuery(trpc.ledger.balance.queryOptions(undefined, { refetchInterval }));
  const counts = useQuery(trpc.tasks.counts.queryOptions(undefined, { refetchInterval }));
  const failed = balance.error ?? counts.error;
  if (failed) {
    return <FailureNotice error={failed} onRetry={() => void balance.refetch()} />;
  }
  const by = counts.data;
  const open = by ? (by.posted ?? 0) + (by.assigned ?? 0) + (by.submitted ?? 0) : undefined;
  const ended = by ? (by.failed ?? 0) + (by.expired ?? 0) + (by.cancelled ?? 0) : undefined;
  return (
    <div className={classes.figures}>
      <Figure label="Available" unit="sats" value={balance.data?.available_sats} />
      <Figure label="Held by open tasks" unit="sats" value={balance.data?.held_sats} />
      <Figure label="Open" value={open} />
      <Figure label="Verified" value={by ? (by.verified ?? 0) : undefined} />
      <Figure label="Ended otherwise" value={ended} />
    </div>
  );
}

function Figure(props: { label: string; unit?: string; value: number | undefined }) {
  return (
    <div className={classes.figure}>
      <div className={classes.figureLabel}>{props.label}</div>
      <div className={classes.figureValue}>
        {props.value === undefined ? (
          <Loading height={20} width={80} mt={8} />
        ) : (
          NUMBER.format(props.value)
        )}{' '}
        {props.unit ? <span className={classes.figureUnit}>{props.unit}</span> : null}
      </div>
    </div>
  );
}
