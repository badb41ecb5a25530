'use client';

import { Box, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { QueryState } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { PageHeader } from '@/components/ui/page-header';
import { Status } from '@/components/ui/status';
import { Age } from '@/components/ui/values/now';
import { AttentionList } from './attention-list';
import classes from './home.module.css';

const POLL_MS = 10_000;

/** Whether anything needs a person, in one look; below it, how the instance is. */
export function OpsOverview() {
  const trpc = useTRPC();
  const overview = useQuery(
    trpc.operations.overview.queryOptions(undefined, { refetchInterval: POLL_MS }),
  );
  const { data } = overview;
  const [first] = data?.attention ?? [];
  return (
    <PageBody wide>
      <PageHeader
        title={data ? headlineOf(data.attention.length) : 'Overview'}
        about={
          data ? (
            <Box component="span" display="block">
              {first ? `First: ${first.title.toLowerCase()}.` : 'Live and test mode are both well.'}{' '}
              Looked at <Age at={data.at} />.
            </Box>
          ) : (
            'Whether anything needs you, in live and in test mode.'
          )
        }
      />
      <QueryState query={overview} height={240} radius="lg" />
      {data ? (
        <>
          <AttentionList items={data.attention} mode={data.mode} />
          <h2 className={classes.heading}>In {data.mode} mode, and of the whole instance</h2>
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
              note={data.applications > 0 ? 'Workers are waiting for approval' : 'Nobody waits'}
            />
            <Figure
              href="/ops/system#outbox"
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
        </>
      ) : null}
    </PageBody>
  );
}

function headlineOf(count: number): string {
  if (count === 0) return 'Nothing needs you';
  return count === 1 ? '1 thing needs you' : `${count} things need you`;
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
