import { Prisma } from '@/server/platform/db';

/** Ratio between neighbouring bins. */
const GROWTH = 1.03;

/** The bin of a duration in seconds, as SQL; everything below 0.1 s shares one. */
export function binSql(seconds: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`floor(ln(greatest(${seconds}, 0.1)) / ${Math.log(GROWTH)}::float8)::int`;
}

/**
 * The quantile of the durations, interpolated within its bin: off by at most half a bin. Null if
 * there are none.
 */
export function timeQuantile(
  bins: readonly { bin: number; count: number }[],
  share: number,
): number | null {
  const sorted = [...bins].sort((a, b) => a.bin - b.bin);
  const rank = sorted.reduce((sum, { count }) => sum + count, 0) * share;
  let before = 0;
  for (const { bin, count } of sorted) {
    if (before + count >= rank) return GROWTH ** (bin + (rank - before) / count);
    before += count;
  }
  return null;
}
