'use client';

import { Badge, Box, Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { QueryState } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { Loading } from '@/components/ui/loading';
import { PageHeader } from '@/components/ui/page-header';
import { ScrollTable } from '@/components/ui/tables/scroll-table';
import type { BackTest } from '@/server/features/verification';
import type { BackTestSettings } from '@/server/features/verification/schema';
import { percent, time, whole } from '../insight/figures';
import { BackToType } from '../task-types/back-to-type';
import classes from './back-test.module.css';
import { SettingsForm } from './settings-form';
import { applyHrefOf, settingsText } from './settings-text';

const FrontierChart = dynamic(
  () => import('./frontier-chart').then((module) => module.FrontierChart),
  { ssr: false, loading: () => <Loading height={320} label="Loading the chart" /> },
);

/** What a type's past would have come to under other settings: accuracy, cost and latency. */
export function BackTestPage({ type, mayChange }: { type: string; mayChange: boolean }) {
  const trpc = useTRPC();
  const [settings, setSettings] = useState<BackTestSettings | null>(null);
  const replay = useQuery(
    trpc.backTest.run.queryOptions(
      { type, ...(settings ? { settings } : {}) },
      // A replay is worth its seconds once; another is asked for by its settings.
      { placeholderData: keepPreviousData, staleTime: Number.POSITIVE_INFINITY, retry: false },
    ),
  );
  return (
    <PageBody wide>
      <BackToType type={type} />
      <PageHeader
        title="Back-test"
        about="Replays the votes of past tasks under other settings, before a change goes live."
      />
      <QueryState
        query={replay}
        height={320}
        radius="lg"
        label="Replaying the latest 2,000 tasks"
      />
      {replay.data ? (
        <div className={classes.grid}>
          {replay.data.tasks === 0 ? (
            <Nothing type={type} />
          ) : (
            <>
              <SettingsForm
                current={replay.data.current}
                busy={replay.isFetching}
                onRun={setSettings}
              />
              <Frontier result={replay.data} mayChange={mayChange} />
            </>
          )}
        </div>
      ) : null}
    </PageBody>
  );
}

function Nothing({ type }: { type: string }) {
  return (
    <Card flush>
      <EmptyState icon={<Icon name="list" />} title="No verified tasks of this type yet">
        A back-test replays the votes of verified tasks of <code>{type}</code>. Ask for more than
        one vote on some of them, so that there is something to compare.
      </EmptyState>
    </Card>
  );
}

function Frontier({ result, mayChange }: { result: BackTest; mayChange: boolean }) {
  const { tasks, points, storedVotes } = result;
  const about = `${whole(tasks)} tasks with up to ${whole(storedVotes)} votes. ${againstOf(result)}`;
  return (
    <>
      <Card title="Accuracy and cost">
        <Box component="p" m={0} c="var(--text-soft)" fz="sm">
          {about}
        </Box>
        <div
          role="img"
          aria-label={`Accuracy and cost. ${about} The figures are in the table that follows.`}
        >
          <FrontierChart points={points} />
        </div>
        {storedVotes < 2 ? (
          <Box component="p" m={0} c="var(--text-soft)" fz="sm">
            Every task has one vote, so there is nothing to compare. Ask for two or more on a share
            of your tasks.
          </Box>
        ) : null}
      </Card>
      <Card title="All settings" flush>
        <Points result={result} mayChange={mayChange} />
      </Card>
      <Box component="p" m={0} c="var(--text-soft)" fz="sm">
        Cost is what answers and golds cost, with the fee. Time is from the task’s creation to the
        last answer used. Another gold rate is taken to bring that much more or less evidence.
        “Short” are tasks for which the setting wanted more votes than there are; beyond 20 % it is
        not recommended.
      </Box>
    </>
  );
}

function againstOf({ basis, measured }: BackTest): string {
  return basis === 'labelled'
    ? `Right is what reviewers found on ${whole(measured)} of them.`
    : 'Fewer than 20 of them were reviewed, so right is what all their votes say together: many votes look better than they are.';
}

const COLUMNS = ['Settings', 'Right', 'Sats', 'Votes', 'p50', 'p95', 'Stated', 'Short'];

function Points({ result, mayChange }: { result: BackTest; mayChange: boolean }) {
  const { type, points, current } = result;
  return (
    <ScrollTable
      label="All settings as a table"
      columns={mayChange ? [...COLUMNS, 'Use'] : COLUMNS}
    >
      {points.map((point) => (
        <tr key={JSON.stringify(point.settings)}>
          <th scope="row">
            {settingsText(point.settings)}
            <Marks point={point} />
          </th>
          <td>{percent(point.accuracy)}</td>
          <td>{whole(point.costSats)}</td>
          <td>{point.votes.toFixed(2)}</td>
          <td>{time(point.p50Seconds)}</td>
          <td>{time(point.p95Seconds)}</td>
          <td>{percent(point.confidence)}</td>
          <td>{point.short > 0 ? percent(point.short, 0) : '–'}</td>
          {mayChange ? (
            <td>
              {point.isCurrent || point.settings.method !== 'current' ? null : (
                <Button
                  component={Link}
                  href={applyHrefOf(type, point, current)}
                  variant="default"
                  size="compact-xs"
                  aria-label={`Apply ${settingsText(point.settings)}`}
                >
                  Apply
                </Button>
              )}
            </td>
          ) : null}
        </tr>
      ))}
    </ScrollTable>
  );
}

function Marks({ point }: { point: BackTest['points'][number] }) {
  return (
    <>
      {point.isCurrent ? <Badge ml={8}>Current</Badge> : null}
      {point.isAsked && !point.isCurrent ? (
        <Badge ml={8} variant="default">
          Asked for
        </Badge>
      ) : null}
      {point.isFrontier ? (
        <Badge ml={8} color="gray">
          Frontier
        </Badge>
      ) : null}
    </>
  );
}
