'use client';

import { Box } from '@mantine/core';
import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { sats } from '@/components/ui/values/humanise';
import classes from './day-chart.module.css';

const WEEKDAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});
const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact' });

/** `2026-11-25` → `25 Nov`. */
function dayText(day: string): string {
  return WEEKDAY.format(new Date(`${day}T00:00:00Z`));
}

/** Sats by day as bars. The drawing says what the list beside it reads out. */
export default function DayChart({ days }: { days: { day: string; amountSats: number }[] }) {
  const total = days.reduce((sum, each) => sum + each.amountSats, 0);
  const earned = days.filter((each) => each.amountSats > 0);
  if (earned.length === 0) {
    return <p className={classes.caption}>Nothing in these {days.length} days yet.</p>;
  }
  return (
    <Box component="figure" m={0}>
      <div aria-hidden="true">
        <BarChart
          h={180}
          data={days.map(({ day, amountSats }) => ({ day: dayText(day), Sats: amountSats }))}
          dataKey="day"
          series={[{ name: 'Sats', color: 'rail.6' }]}
          withBarValueLabel={false}
          tickLine="none"
          gridAxis="x"
          valueFormatter={(value) => sats(value)}
          yAxisProps={{ width: 44, allowDecimals: false, tickFormatter: COMPACT.format }}
          xAxisProps={{ interval: 'preserveStartEnd', minTickGap: 24 }}
          barProps={{ isAnimationActive: false, radius: [2, 2, 0, 0] }}
          barChartProps={{ accessibilityLayer: false }}
        />
      </div>
      <figcaption className={classes.caption}>
        {sats(total)} in {days.length} days, on {earned.length} of them
      </figcaption>
      <ul className="visually-hidden">
        {earned.map((each) => (
          <li key={each.day}>
            {each.day}: {sats(each.amountSats)}
          </li>
        ))}
      </ul>
    </Box>
  );
}
