'use client';

import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import type { ComponentProps } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { FailureNotice } from '@/components/ui/failures/failure-notice';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { SegmentedControl } from '@/components/ui/inputs/segmented-control';
import { Select } from '@/components/ui/inputs/select';
import { Loading } from '@/components/ui/loading';
import { PageHeader } from '@/components/ui/page-header';
import { humanise } from '@/components/ui/values/humanise';
import { RANGES } from '@/server/features/insight/policy';
import type { Range } from '@/server/features/insight/schema';
import { ActivityCharts, FunnelCard, Totals, TypesCard } from './activity-cards';
import { AgreementCard } from './agreement-card';
import { AppealsCard } from './appeals-card';
import { CalibrationCards } from './calibration-card';
import { ConfidenceCards } from './confidence-card';
import classes from './insight.module.css';
import {
  type InsightState,
  insightHrefOf,
  insightQueriesOf,
  insightStateOf,
  RANGE_LABELS,
} from './insight-address';
import { ModelsCard } from './models-card';

/** New figures every so often; the charts are of hours and days. */
const REFRESH_MS = 60_000;

/** What the organization's tasks add up to. Range and type are in the address. */
export function InsightPage() {
  const trpc = useTRPC();
  const params = useSearchParams();
  const state = insightStateOf((name) => params?.get(name) ?? null);
  const queries = insightQueriesOf(state);
  const options = { placeholderData: keepPreviousData, refetchInterval: REFRESH_MS };
  const activity = useQuery(trpc.insight.activity.queryOptions(queries.activity, options));
  const agreement = useQuery(trpc.insight.agreement.queryOptions(queries.activity, options));
  const calibration = useQuery(trpc.insight.calibration.queryOptions(queries.calibration, options));
  const confidence = useQuery(trpc.insight.confidence.queryOptions(queries.activity, options));
  const appeals = useQuery(trpc.appeals.own.queryOptions(undefined, options));
  const show = (change: Partial<InsightState>) =>
    window.history.replaceState(null, '', insightHrefOf({ ...state, ...change }));
  const all = [activity, agreement, calibration, confidence, appeals];
  const failed = all.find(({ error }) => error)?.error ?? null;
  const isEmpty = activity.data?.total.created === 0;
  return (
    <PageBody wide>
      <PageHeader
        title="Insight"
        about="What your tasks add up to, and what asking is worth."
        actions={<Choices state={state} show={show} />}
      />
      {failed ? (
        <FailureNotice
          error={failed}
          onRetry={() => {
            for (const each of all) void each.refetch();
          }}
        />
      ) : null}
      {isEmpty ? (
        <Nothing state={state} />
      ) : (
        <div className={classes.grid}>
          {activity.data ? <Totals activity={activity.data} /> : <Waiting />}
          {activity.data ? <ActivityCharts activity={activity.data} /> : null}
          {activity.data ? <FunnelCard activity={activity.data} /> : null}
          <Column agreement={agreement.data} activity={activity.data} appeals={appeals.data} />
          {confidence.data ? <ConfidenceCards confidence={confidence.data} /> : <Waiting />}
          {state.type ? <ModelsCard type={state.type} /> : null}
          {calibration.data ? (
            <CalibrationCards
              calibration={calibration.data}
              onWrongCost={(wrongCost) => show({ wrongCost })}
            />
          ) : (
            <Waiting />
          )}
        </div>
      )}
    </PageBody>
  );
}

/** How far workers agree, the types, and what became of appeals against them. */
function Column(props: {
  agreement: ComponentProps<typeof AgreementCard>['agreement'] | undefined;
  activity: ComponentProps<typeof TypesCard>['activity'] | undefined;
  appeals: ComponentProps<typeof AppealsCard>['appeals'] | undefined;
}) {
  const { agreement, activity, appeals } = props;
  return (
    <div className={classes.column}>
      {agreement ? <AgreementCard agreement={agreement} /> : <Waiting />}
      {activity ? <TypesCard activity={activity} /> : null}
      {appeals ? <AppealsCard appeals={appeals} /> : null}
    </div>
  );
}

function Choices(props: { state: InsightState; show: (change: Partial<InsightState>) => void }) {
  const { state, show } = props;
  const trpc = useTRPC();
  const types = useQuery(trpc.tasks.types.queryOptions());
  const known = [...new Set([...(types.data ?? []), ...(state.type ? [state.type] : [])])];
  return (
    <>
      <Select
        aria-label="Task type"
        placeholder="All types"
        clearable
        value={state.type}
        onChange={(type) => show({ type })}
        data={known.map((value) => ({ value, label: humanise(value) }))}
        w={200}
      />
      <SegmentedControl
        aria-label="Time"
        value={state.range}
        onChange={(range) => show({ range: range as Range })}
        data={RANGES.map((value) => ({ value, label: RANGE_LABELS[value] }))}
      />
    </>
  );
}

function Waiting() {
  return <Loading height={220} radius="lg" label="Loading the figures" />;
}

function Nothing({ state }: { state: InsightState }) {
  return (
    <Card flush>
      <EmptyState
        icon={<Icon name="list" />}
        title="No tasks in this time"
        action={
          <Button component={Link} href="/dashboard" variant="default">
            Send a task
          </Button>
        }
      >
        {state.type
          ? 'Choose all types or a longer time; charts appear with the first task.'
          : 'Charts appear with the first task of this mode. Add agent_guess to it, and they also show how far your agent can be trusted.'}
      </EmptyState>
    </Card>
  );
}
