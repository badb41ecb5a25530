import type { LightningRail } from '@/server/features/payouts';
import { log } from '@/server/platform/log';
import type { Difference, Ended, Source } from './source';

/** How many a rail is asked about at once. */
const AT_ONCE = 4;
/** So many without an answer, one after another, and the rail is left alone until the next night. */
const SILENT_MAX = 5;

/** What came of asking a rail about some records. */
export interface Compared {
  differences: Difference[];
  /** Of those that agree. */
  agreed: string[];
  /** Those that the rail gave no answer for. */
  unanswered: Ended[];
  /** What it said last instead; null where it answered all. */
  error: unknown;
  /** It was not asked about the rest. */
  isSilent: boolean;
}

/** Asks a rail about records of one kind, some at once. Those that it was not asked about count as unanswered. */
export async function compareBatch<Row extends Ended>(
  rail: LightningRail,
  source: Source<Row>,
  rows: readonly Row[],
): Promise<Compared> {
  const found: Compared = {
    ...{ differences: [], agreed: [], unanswered: [], error: null, isSilent: false },
  };
  let silentFor = 0;
  const waiting = rows.values();
  const work = async () => {
    for (const row of waiting) {
      if (silentFor >= SILENT_MAX) {
        found.unanswered.push(row);
        continue;
      }
      const subject = `${source.prefix}:${row.id}`;
      try {
        const difference = await source.compare(rail, row);
        if (difference) found.differences.push(difference);
        else found.agreed.push(subject);
        silentFor = 0;
      } catch (error) {
        log.warn(
          { err: error, rail: rail.name, subject },
          'A rail did not say what it has of this',
        );
        found.unanswered.push(row);
        found.error = error;
        silentFor += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  found.isSilent = silentFor >= SILENT_MAX;
  return found;
}
