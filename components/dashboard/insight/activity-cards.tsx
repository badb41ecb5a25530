'use client';

import { Card } from '@/components/ui/card';
import { humanise } from '@/components/ui/values/humanise';
import type { Activity } from '@/server/features/insight/get-activity';
import { ChartCard, FigureTable } from './chart-card';
import { bucketName, percent, time, whole } from './figures';
import classes from './insight.module.css';
import { LatencyChart, RateChart, SpendChart, VolumeChart } from './lazy-charts';

/** The figures of the whole time. */
export function Totals({ activity }: { activity: Activity }) {
  const { total } = activity;
  const tiles = [
    ['Tasks', whole(total.created)],
    ['Verified', percent(total.verified_rate)],
    ['Within SLA', percent(total.within_sla_rate)],
    ['p50 · p95', `${time(total.p50_seconds)} · ${time(total.p95_seconds)}`],
    ['Spent', `${whole(total.spent_sats)} sats`],
  ] as const;
  return (
    <dl className={classes.tiles}>
      {tiles.map(([label, value]) => (
        <div key={label} className={classes.tile}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Volume, rates, latency and spend over time. */
export function ActivityCharts({ activity }: { activity: Activity }) {
  const { total, unit } = activity;
  const rows = (read: (bucket: Activity['data'][number]) => (string | number)[]) =>
    activity.data.map((bucket) => [bucketName(bucket.at, unit), ...read(bucket)]);
  const when = unit === 'day' ? 'Day (UTC)' : 'Hour (UTC)';
  return (
    <>
      <ChartCard
        title="Volume"
        about={`${whole(total.created)} tasks by when they were created and what became of them.`}
        columns={[when, 'Created', 'Verified', 'Failed', 'Expired', 'Cancelled', 'Open']}
        rows={rows((bucket) => [
          bucket.created,
          bucket.verified,
          bucket.failed,
          bucket.expired,
          bucket.cancelled,
          bucket.open,
        ])}
      >
        <VolumeChart activity={activity} />
      </ChartCard>
      <ChartCard
        title="Verified rate"
        about={`${percent(total.verified_rate)} of the tasks that were not cancelled ended verified, ${percent(total.within_sla_rate)} within their SLA.`}
        columns={[when, 'Verified', 'Within SLA']}
        rows={rows((bucket) => [percent(bucket.verified_rate), percent(bucket.within_sla_rate)])}
      >
        <RateChart activity={activity} />
      </ChartCard>
      <ChartCard
        title="Time to a verified answer"
        about={`Half came within ${time(total.p50_seconds)}, 95 % within ${time(total.p95_seconds)}. The line is the SLA that tasks had in the middle, ${time(total.sla_seconds)}.`}
        columns={[when, 'p50', 'p95', 'SLA']}
        rows={rows((bucket) => [
          time(bucket.p50_seconds),
          time(bucket.p95_seconds),
          time(bucket.sla_seconds),
        ])}
      >
        <LatencyChart activity={activity} />
      </ChartCard>
      <ChartCard
        title="Spend"
        about={`${whole(total.spent_sats)} sats charged, fee included, by when the task was created.`}
        columns={[when, 'Sats']}
        rows={rows((bucket) => [whole(bucket.spent_sats)])}
      >
        <SpendChart activity={activity} />
      </ChartCard>
    </>
  );
}

/** How far tasks came, and which stages turned answers back. */
export function FunnelCard({ activity }: { activity: Activity }) {
  const { funnel } = activity;
  const steps = [
    ['Created', funnel.created],
    ['Taken by a worker', funnel.taken],
    ['Answered', funnel.answered],
    ['Verified', funnel.verified],
  ] as const;
  const rejected = funnel.rejected.reduce((sum, { count }) => sum + count, 0);
  let left = funnel.answers;
  const stages = funnel.rejected.map(({ stage, count }) => {
    left -= count;
    return { stage, count, passed: left };
  });
  return (
    <Card title="Funnel">
      <p className={classes.about}>How far tasks came.</p>
      <ol className={classes.bars}>
        {steps.map(([label, count]) => (
          <Bar key={label} label={label} count={count} of={funnel.created} />
        ))}
      </ol>
      <p className={classes.about}>
        Of {whole(funnel.answers)} answers to tasks that have ended, {whole(rejected)} were turned
        back. What each stage let through:
      </p>
      <ol className={classes.bars}>
        {stages.map(({ stage, count, passed }) => (
          <Bar
            key={stage}
            label={stage === 'qa' ? 'QA' : humanise(stage)}
            count={passed}
            of={funnel.answers}
            note={count > 0 ? `−${whole(count)}` : undefined}
          />
        ))}
      </ol>
    </Card>
  );
}

function Bar(props: { label: string; count: number; of: number; note?: string | undefined }) {
  const share = props.of > 0 ? props.count / props.of : 0;
  return (
    <li className={classes.bar}>
      <span>{props.label}</span>
      <span className={classes.barTrack} aria-hidden="true">
        <span className={classes.barFill} style={{ width: `${share * 100}%` }} />
      </span>
      <span className={classes.barCount}>
        {props.note ? <span className="soft">{props.note} · </span> : null}
        {whole(props.count)} · {percent(props.of > 0 ? share : null, 0)}
      </span>
    </li>
  );
}

/** The same figures by type. */
export function TypesCard({ activity }: { activity: Activity }) {
  return (
    <Card title="By type" flush>
      <p className={classes.aboutFlush}>
        Sats an hour are what accepted answers came to in workers’ own time, the median of the
        latest; with fewer than five it is not known.
      </p>
      <FigureTable
        caption="Figures by type"
        columns={['Type', 'Tasks', 'Verified', 'Within SLA', 'p50', 'p95', 'Sats/h', 'Sats']}
        rows={activity.types.map((type) => [
          humanise(type.type),
          whole(type.created),
          percent(type.verified_rate),
          percent(type.within_sla_rate),
          time(type.p50_seconds),
          time(type.p95_seconds),
          type.sats_per_hour === null ? '–' : whole(type.sats_per_hour),
          whole(type.spent_sats),
        ])}
      />
    </Card>
  );
}
