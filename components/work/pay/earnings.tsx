'use client';

import { Box, Button, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import dashboard from '@/components/dashboard/dashboard.module.css';
import { useTRPC, useTRPCClient } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { QueryState } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { Loading } from '@/components/ui/loading';
import { tellFailure } from '@/components/ui/notices';
import { PageHeader } from '@/components/ui/page-header';
import { saveFile } from '@/components/ui/save-file';
import { Amount } from '@/components/ui/values/amount';
import { duration, humanise, sats } from '@/components/ui/values/humanise';
import { usePresence } from '@/components/work/presence/presence-context';
import classes from '@/components/work/work.module.css';
import type { Earnings } from '@/server/features/payouts/schema';
import { EarningsStatement } from './earnings-statement';
import { ON_THE_WAY_MS, Payouts } from './payouts';
import { HowYouArePaid } from './withdrawal';

/** The drawing library is large, so it comes after what the page says. */
const DayChart = dynamic(() => import('./day-chart'), {
  ssr: false,
  loading: () => <Loading height={210} />,
});

/** What the worker has earned: now, by day, by type, and each payout. */
export function EarningsPage() {
  const trpc = useTRPC();
  const { refetchInterval } = usePresence();
  const earnings = useQuery(
    trpc.payouts.earnings.queryOptions(undefined, {
      refetchInterval: ({ state }) =>
        state.data && state.data.pendingSats > 0 ? ON_THE_WAY_MS : refetchInterval,
    }),
  );
  return (
    <PageBody>
      <PageHeader
        title="Earnings"
        about="What your accepted answers have earned, and how it comes to you."
        actions={<DownloadCsv />}
      />
      <div className={dashboard.stack}>
        <QueryState query={earnings} height={180} radius="lg" />
        {earnings.data ? <Figures earnings={earnings.data} /> : null}
        <Payouts />
        <EarningsStatement />
      </div>
    </PageBody>
  );
}

function Figures({ earnings }: { earnings: Earnings }) {
  const trpc = useTRPC();
  const { refetchInterval } = usePresence();
  const balance = useQuery(trpc.ledger.workerBalance.queryOptions(undefined, { refetchInterval }));
  return (
    <>
      <dl className={dashboard.figures} style={{ margin: 0 }}>
        <Figure label="Balance">
          {balance.data ? <Amount sats={balance.data.payableSats} below /> : '–'}
        </Figure>
        <Figure label="Kept">
          <Amount sats={earnings.heldSats} below />
        </Figure>
        <Figure label="On the way">
          <Amount sats={earnings.pendingSats} below />
        </Figure>
        <Figure label="Paid">
          <Amount sats={earnings.paidSats} below />
        </Figure>
        <Figure label="An hour, really">
          {earnings.satsPerHour === null ? '–' : <Amount sats={earnings.satsPerHour} below />}
        </Figure>
      </dl>
      {earnings.failedSats > 0 ? (
        <Text role="alert" className="urgent" size="sm">
          {sats(earnings.failedSats)} could not be sent. They stay yours; see the payouts below for
          what each needs.
        </Text>
      ) : null}
      <HowYouArePaid earnings={earnings} />
      <Card title="The last 30 days">
        <DayChart days={earnings.days} />
      </Card>
      <Card flush title="By task type">
        {earnings.byType.length === 0 ? (
          <EmptyState icon={<Icon name="bolt" />} title="Nothing earned yet">
            The first accepted answer shows here, with what it comes to an hour.
          </EmptyState>
        ) : (
          <ByType rows={earnings.byType} />
        )}
      </Card>
    </>
  );
}

function Figure(props: { label: string; children: ReactNode }) {
  return (
    <div className={dashboard.figure}>
      <dt className={dashboard.figureLabel}>{props.label}</dt>
      <dd className={dashboard.figureValue} style={{ margin: 0 }}>
        {props.children}
      </dd>
    </div>
  );
}

function ByType({ rows }: { rows: Earnings['byType'] }) {
  return (
    <Box
      component="section"
      className={classes.tableScroll}
      aria-label="Earnings by task type"
      // A region that scrolls must be reachable by keyboard.
      tabIndex={0}
    >
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Type</th>
            <th scope="col">Answers</th>
            <th scope="col">Earned</th>
            <th scope="col">Mean time</th>
            <th scope="col">An hour</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.type}>
              <th scope="row">{humanise(row.type)}</th>
              <td>{row.answers}</td>
              <td>{sats(row.amountSats)}</td>
              <td>{duration(row.seconds / Math.max(1, row.answers))}</td>
              <td>{row.satsPerHour === null ? '–' : sats(row.satsPerHour)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Box>
  );
}

function DownloadCsv() {
  const client = useTRPCClient();
  const download = useMutation({
    mutationFn: () => client.payouts.csv.query(),
    onSuccess: (csv) => saveFile('payouts.csv', 'text/csv', csv),
    onError: tellFailure,
  });
  return (
    <Button variant="default" loading={download.isPending} onClick={() => download.mutate()}>
      Download CSV
    </Button>
  );
}
