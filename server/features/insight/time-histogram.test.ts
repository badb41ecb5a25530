import { expect, it } from 'vitest';
import { timeQuantile } from './time-histogram';

const binOf = (seconds: number) => Math.floor(Math.log(seconds) / Math.log(1.03));

it('a quantile from the histogram is that of the times, to about one in a hundred', () => {
  const times = Array.from({ length: 5_000 }, (_, n) => 3 + (n / 5_000) ** 3 * 600);
  const counts = new Map<number, number>();
  for (const time of times) counts.set(binOf(time), (counts.get(binOf(time)) ?? 0) + 1);
  const bins = [...counts].map(([bin, count]) => ({ bin, count }));
  for (const share of [0.5, 0.95]) {
    const exact = times[Math.floor(times.length * share)] as number;
    expect(Math.abs((timeQuantile(bins, share) ?? 0) / exact - 1)).toBeLessThan(0.015);
  }
  expect(timeQuantile([], 0.5)).toBeNull();
});
