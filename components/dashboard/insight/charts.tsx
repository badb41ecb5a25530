'use client';

import { AXIS, axisLabel } from '@/components/dashboard/insight/chart-axis';
import '@mantine/charts/styles.css';
import { BarChart, LineChart } from '@mantine/charts';
import {
  CartesianGrid,
  ErrorBar,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  XAxis,
  YAxis,
} from 'recharts';
import type { Bucket } from '@/server/features/insight/calibration';
import type { Activity } from '@/server/features/insight/get-activity';
import type { Calibration } from '@/server/features/insight/get-calibration';
import { bucketName, percent, time, whole } from './figures';

/** The charts themselves, in a module of their own: their library is large, and waits. */

const HEIGHT = 240;
const STATUS_SERIES = [
  { name: 'Verified', color: 'var(--chart-verified)' },
  { name: 'Failed', color: 'var(--chart-failed)' },
  { name: 'Expired', color: 'var(--chart-expired)' },
  { name: 'Cancelled', color: 'var(--chart-cancelled)' },
  { name: 'Open', color: 'var(--chart-open)' },
];

export function VolumeChart({ activity }: { activity: Activity }) {
  return (
    <BarChart
      h={HEIGHT}
      type="stacked"
      withLegend
      dataKey="at"
      data={activity.data.map((bucket) => ({
        at: bucketName(bucket.at, activity.unit),
        Verified: bucket.verified,
        Failed: bucket.failed,
        Expired: bucket.expired,
        Cancelled: bucket.cancelled,
        Open: bucket.open,
      }))}
      series={STATUS_SERIES}
      valueFormatter={whole}
      barProps={{ isAnimationActive: false }}
    />
  );
}

export function RateChart({ activity }: { activity: Activity }) {
  return (
    <LineChart
      h={HEIGHT}
      withLegend
      dataKey="at"
      yAxisProps={{ domain: [0, 1] }}
      data={activity.data.map((bucket) => ({
        at: bucketName(bucket.at, activity.unit),
        Verified: bucket.verified_rate,
        'Within SLA': bucket.within_sla_rate,
      }))}
      series={[
        { name: 'Verified', color: 'var(--chart-verified)' },
        { name: 'Within SLA', color: 'var(--chart-open)', strokeDasharray: '5 4' },
      ]}
      valueFormatter={(value) => percent(value, 0)}
      connectNulls={false}
      lineProps={{ isAnimationActive: false }}
    />
  );
}

export function LatencyChart({ activity }: { activity: Activity }) {
  const sla = activity.total.sla_seconds;
  return (
    <LineChart
      h={HEIGHT}
      withLegend
      dataKey="at"
      data={activity.data.map((bucket) => ({
        at: bucketName(bucket.at, activity.unit),
        p50: bucket.p50_seconds,
        p95: bucket.p95_seconds,
      }))}
      series={[
        { name: 'p50', color: 'var(--chart-verified)' },
        { name: 'p95', color: 'var(--chart-failed)', strokeDasharray: '5 4' },
      ]}
      referenceLines={sla === null ? [] : [{ y: sla, label: `SLA ${time(sla)}`, color: 'gray.6' }]}
      yAxisProps={{
        domain: [0, (highest: number) => Math.max(highest, (sla ?? 0) * 1.1)],
        width: 72,
      }}
      valueFormatter={time}
      connectNulls={false}
      lineProps={{ isAnimationActive: false }}
    />
  );
}

export function SpendChart({ activity }: { activity: Activity }) {
  return (
    <BarChart
      h={HEIGHT}
      dataKey="at"
      data={activity.data.map((bucket) => ({
        at: bucketName(bucket.at, activity.unit),
        Sats: bucket.spent_sats,
      }))}
      series={[{ name: 'Sats', color: 'var(--chart-spend)' }]}
      valueFormatter={whole}
      yAxisProps={{ width: 72 }}
      barProps={{ isAnimationActive: false }}
    />
  );
}

const TENTHS = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** How often what was stated was right, by how sure it was; on the line, confidence is accuracy. */
export function ReliabilityChart({ buckets }: { buckets: readonly Bucket[] }) {
  const points = buckets.flatMap(({ confidence, accuracy, interval }) =>
    confidence === null || accuracy === null || interval === null
      ? []
      : [
          {
            confidence,
            accuracy,
            error: [accuracy - interval.low, interval.high - accuracy],
          },
        ],
  );
  return (
    <ResponsiveContainer width="100%" height={HEIGHT + 40}>
      <ScatterChart margin={{ top: 8, right: 12, bottom: 18, left: 4 }}>
        <CartesianGrid stroke="var(--line)" />
        <XAxis
          dataKey="confidence"
          domain={[0, 1]}
          ticks={TENTHS}
          tickFormatter={(value: number) => percent(value, 0)}
          label={axisLabel('Confidence')}
          {...AXIS}
        />
        <YAxis
          dataKey="accuracy"
          domain={[0, 1]}
          ticks={TENTHS}
          tickFormatter={(value: number) => percent(value, 0)}
          {...AXIS}
        />
        <ReferenceLine
          segment={[
            { x: 0, y: 0 },
            { x: 1, y: 1 },
          ]}
          stroke="var(--text-soft)"
          strokeDasharray="4 4"
        />
        <Scatter data={points} fill="var(--chart-spend)" isAnimationActive={false}>
          <ErrorBar
            dataKey="error"
            direction="y"
            width={5}
            strokeWidth={1.5}
            stroke="var(--chart-spend)"
            isAnimationActive={false}
          />
        </Scatter>
      </ScatterChart>
    </ResponsiveContainer>
  );
}

export function SavingChart({ calibration }: { calibration: Calibration }) {
  const { best } = calibration;
  return (
    <LineChart
      h={HEIGHT}
      withLegend
      withDots={false}
      dataKey="threshold"
      data={calibration.savings
        .filter(({ count }) => count > 0)
        .map((saving) => ({
          threshold: percent(saving.threshold, 0),
          Saving: saving.savingSats,
          'At worst': saving.savingSatsLow,
        }))}
      series={[
        { name: 'Saving', color: 'var(--chart-verified)' },
        { name: 'At worst', color: 'var(--chart-failed)', strokeDasharray: '5 4' },
      ]}
      referenceLines={[
        { y: 0, color: 'gray.6' },
        ...(best ? [{ x: percent(best.threshold, 0), label: 'Best', color: 'gray.6' }] : []),
      ]}
      valueFormatter={whole}
      yAxisProps={{ width: 80 }}
      lineProps={{ isAnimationActive: false }}
    />
  );
}
