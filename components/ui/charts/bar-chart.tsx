import { Box, Flex } from '@mantine/core';
import classes from './bar-chart.module.css';

export interface Bar {
  /** What the bar stands for, such as a day; unique. */
  label: string;
  /** Heights from below, in the order of the series. */
  values: readonly number[];
}

/**
 * Stacked bars. The drawing is for the eye alone; the table behind “Figures” says the same to
 * everybody, and colours only help.
 */
export function BarChart(props: {
  title: string;
  bars: readonly Bar[];
  series: readonly { name: string; tone: 'good' | 'bad' | 'soft' }[];
  format: (value: number) => string;
  /** What the first column of the table is. */
  axis: string;
}) {
  const { bars, series, format } = props;
  const sum = (bar: Bar) => bar.values.reduce((total, value) => total + value, 0);
  const most = Math.max(1, ...bars.map(sum));
  const filled = bars.filter((bar) => sum(bar) > 0);
  return (
    <Box component="figure" m={0}>
      <div className={classes.bars} aria-hidden="true">
        {bars.map((bar) => (
          <span
            key={bar.label}
            className={classes.bar}
            title={`${bar.label}: ${series
              .map(({ name }, index) => `${format(bar.values[index] ?? 0)} ${name.toLowerCase()}`)
              .join(', ')}`}
          >
            {series.map(({ name, tone }, index) => (
              <span
                key={name}
                className={classes.part}
                data-tone={tone}
                style={{ height: `${((bar.values[index] ?? 0) / most) * 100}%` }}
              />
            ))}
          </span>
        ))}
      </div>
      <figcaption className={classes.caption}>
        <span>{bars[0]?.label}</span>
        <Flex component="span" gap={14}>
          {series.map(({ name, tone }) => (
            <span key={name} className={classes.key} data-tone={tone}>
              {name}
            </span>
          ))}
        </Flex>
        <span>{bars.at(-1)?.label}</span>
      </figcaption>
      <details className={classes.details}>
        <summary>Figures</summary>
        {filled.length === 0 ? (
          <p className={classes.none}>Nothing in this time.</p>
        ) : (
          <table className={classes.table}>
            <caption className="visually-hidden">{props.title}</caption>
            <thead>
              <tr>
                <th scope="col">{props.axis}</th>
                {series.map(({ name }) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {filled.map((bar) => (
                <tr key={bar.label}>
                  <th scope="row">{bar.label}</th>
                  {series.map(({ name }, index) => (
                    <td key={name}>{format(bar.values[index] ?? 0)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </details>
    </Box>
  );
}
