import type { LightningRail } from '@/server/features/payouts';
import { log } from '@/server/platform/log';
import type { Difference, Ended, Source } from './source';

/** Concurrency of queries to a rail. */
const AT_ONCE = 4;
/** After this many consecutive failures, the rail is skipped until the next night. */
const SILENT_MAX = 5;

/** The result of comparing some records with a rail. */
export interface Compared {
  differences: Difference[];
  /** IDs that agree. */
  agreed: string[];
  /** Records without a response from the rail. */
  unanswered: Ended[];
  /** The last error instead; null if all were answered. */
  error: unknown;
  /** Whether the remaining records were skipped. */
  isSilent: boolean;
}

/**
 * Compares records of one kind with a rail, several concurrently. Skipped records count as
 * unanswered.
 */
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
        log.warn({ err: error, rail: rail.name, subject }, 'A rail failed to report a record');
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
