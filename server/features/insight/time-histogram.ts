import { Prisma } from '@/server/platform/db';

/** Each bin's times are this much longer than those of the one before. */
const GROWTH = 1.03;

/** The bin of a time in seconds, as SQL; all below a tenth of a second are in one. */
export function binSql(seconds: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`floor(ln(greatest(${seconds}, 0.1)) / ${Math.log(GROWTH)}::float8)::int`;
}

/**
 * The time below which `share` of those in the bins lie, taken evenly within its bin: off by half a
 * bin at the most. Null without any.
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
