'use client';

import {
  CartesianGrid,
  Legend,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { AXIS, axisLabel } from '@/components/dashboard/insight/chart-axis';
import type { BackTest } from '@/server/features/verification';
import { percent, whole } from '../insight/figures';
import { settingsText } from './settings-text';

/** Accuracy by cost; what cannot be beaten is joined by a line. */
export function FrontierChart({ points }: Pick<BackTest, 'points'>) {
  const drawn = points.map((point) => ({
    cost: point.costSats,
    accuracy: point.accuracy,
    name: settingsText(point.settings),
    point,
  }));
  const frontier = drawn.filter(({ point }) => point.isFrontier);
  const others = drawn.filter(({ point }) => !point.isFrontier);
  const current = drawn.filter(({ point }) => point.isCurrent);
  const asked = drawn.filter(({ point }) => point.isAsked && !point.isCurrent);
  const least = Math.min(...drawn.map(({ accuracy }) => accuracy));
  // Twentieths, and never nothing but the top.
  const floor = Math.min(0.95, Math.max(0, Math.floor(least * 20) / 20));
  return (
    <ResponsiveContainer width="100%" height={320}>
      <ScatterChart margin={{ top: 8, right: 16, bottom: 18, left: 4 }}>
        <CartesianGrid stroke="var(--line)" />
        <XAxis
          dataKey="cost"
          domain={[0, 'auto']}
          tickFormatter={whole}
          label={axisLabel('Sats a task')}
          {...AXIS}
        />
        <YAxis
          dataKey="accuracy"
          domain={[floor, 1]}
          tickFormatter={(value: number) => percent(value)}
          {...AXIS}
        />
        <Tooltip
          cursor={false}
          content={({ payload }) => {
            const shown = payload?.[0]?.payload as (typeof drawn)[number] | undefined;
            return shown ? <Hint {...shown} /> : null;
          }}
        />
        <Legend
          verticalAlign="top"
          wrapperStyle={{ paddingBottom: 12, fontSize: 12 }}
          formatter={(name) => <span style={{ color: 'var(--text-soft)' }}>{name}</span>}
        />
        <Scatter
          name="Beaten by others"
          data={others}
          fill="var(--chart-cancelled)"
          isAnimationActive={false}
        />
        <Scatter
          name="Frontier"
          data={frontier}
          line
          fill="var(--chart-spend)"
          isAnimationActive={false}
        />
        {asked.length > 0 ? (
          <Scatter
            name="Asked for"
            data={asked}
            shape="triangle"
            fill="var(--chart-failed)"
            isAnimationActive={false}
          />
        ) : null}
        <Scatter
          name="Current"
          data={current}
          shape="diamond"
          fill="var(--chart-verified)"
          isAnimationActive={false}
        />
      </ScatterChart>
    </ResponsiveContainer>
  );
}

function Hint({ name, cost, accuracy }: { name: string; cost: number; accuracy: number }) {
  return (
    <div
      style={{
        padding: '6px 10px',
        border: '1px solid var(--line)',
        borderRadius: 6,
        background: 'var(--surface)',
        fontSize: 12,
      }}
    >
      <strong>{name}</strong>
      <div>
        {percent(accuracy)} right · {whole(cost)} sats
      </div>
    </div>
  );
}
