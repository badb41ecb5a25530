'use client';

import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { PageBody } from '@/components/ui/app-frame';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import { Loading } from '@/components/ui/loading';
import { PageHeader } from '@/components/ui/page-header';
import { Status } from '@/components/ui/status';
import classes from './system.module.css';

const POLL_MS = 10_000;

/** What waits for an operator, and whether the instance works. */
export function OpsOverview() {
  const trpc = useTRPC();
  const overview = useQuery(
    trpc.operations.overview.queryOptions(undefined, { refetchInterval: POLL_MS }),
  );
  const { data } = overview;
  return (
    <PageBody wide>
      <PageHeader title="Overview" about="What waits for you, and whether background work runs." />
      {overview.isError ? (
        <FailureNotice error={overview.error} onRetry={() => void overview.refetch()} />
      ) : null}
      {overview.isPending ? <Loading height={140} radius="lg" /> : null}
      {data ? (
        <div className={classes.figures}>
          <Figure
            href="/ops/reviews"
            name="Open reviews"
            value={data.reviews}
            note={
              data.reviews > 0 ? `${data.blockingReviews} block their task` : 'Nothing to review'
            }
          />
          <Figure
            href="/ops/workers?state=waiting"
            name="Applications"
            value={data.applications}
            note={data.applications > 0 ? 'Workers wait to be let in' : 'Nobody waits'}
          />
          <Figure
            href="/ops/system"
            name="Failing events"
            value={data.outbox.failing}
            note={data.outbox.failing > 0 ? 'See why, and send them again' : 'All are delivered'}
          />
          <Figure
            href="/ops/system"
            name="Engine"
            value={<Status value={data.engine.state} />}
            note={data.engine.message}
          />
        </div>
      ) : null}
    </PageBody>
  );
}

function Figure(props: { href: string; name: string; value: React.ReactNode; note: string }) {
  return (
    <Link href={props.href} className={classes.figure}>
      <Card>
        <Text size="sm" c="dimmed">
          {props.name}
        </Text>
        <div className={`${classes.count} tabular`}>{props.value}</div>
        <Text size="sm" c="dimmed">
          {props.note}
        </Text>
      </Card>
    </Link>
  );
}
