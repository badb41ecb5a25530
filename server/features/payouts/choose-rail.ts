import type { Payout } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { LIGHTNING } from './rails/local-rails';
import { checkHealth } from './rails/rail-health';
import { type ConfiguredRail, lightningRails } from './rails/registry';

/** How long a rail's success is trusted before it is checked again. */
const KNOWN_MS = 60_000;
/** How long a failed rail is skipped before it is checked; one lost response says little. */
const SILENT_MS = 2_000;
const RAILS_DOWN_MS = 10_000;
/** How long failures of a payout on a rail affect the choice. */
const REMEMBERED_MS = 60 * 60_000;
const NO_RAIL_MS = 5 * 60_000;

/** `later`: none is available now. `never`: the rail is unknown. */
export type ChosenRail =
  | { found: 'rail'; rail: ConfiguredRail }
  | { found: 'later'; reason: string; delayMs: number }
  | { found: 'never'; reason: string };

/**
 * The rail for a payout's next attempt: among available ones, the one with the fewest failures of
 * this payout in the last hour, in the operator's order.
 */
export async function chooseRail({ id, rail }: Pick<Payout, 'id' | 'rail'>): Promise<ChosenRail> {
  if (rail !== LIGHTNING) {
    return { found: 'never', reason: `No rail named ${rail} is configured.` };
  }
  const rails = (await lightningRails()).filter(({ isEnabled }) => isEnabled);
  if (rails.length === 0) {
    const reason =
      'No Lightning rail is set up. The payout is sent once an operator has set one up.';
    return { found: 'later', reason, delayMs: NO_RAIL_MS };
  }
  const failures = await countFailures(id);
  const inOrder = rails.toSorted((a, b) => failuresOf(failures, a) - failuresOf(failures, b));
  for (const each of inOrder) {
    if (await isUp(each)) return { found: 'rail', rail: each };
  }
  return { found: 'later', reason: 'No Lightning rail is responding.', delayMs: RAILS_DOWN_MS };
}

/** Whether a rail is available, by its recent results; else checks it. */
export async function isUp({ rail, lastOkAt, lastErrorAt }: ConfiguredRail): Promise<boolean> {
  const okMs = lastOkAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  const errorMs = lastErrorAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  const now = clock.nowMs();
  if (errorMs > okMs) return now - errorMs >= SILENT_MS && checkHealth(rail);
  return now - okMs < KNOWN_MS || checkHealth(rail);
}

const failuresOf = (failures: ReadonlyMap<string, number>, { rail }: ConfiguredRail) =>
  failures.get(rail.name) ?? 0;

async function countFailures(payoutId: string): Promise<Map<string, number>> {
  const failed = await db.payoutAttempt.groupBy({
    by: ['rail'],
    where: {
      carried: { some: { payoutId } },
      ...{ status: 'failed', fault: 'rail' },
      finishedAt: { gte: new Date(clock.nowMs() - REMEMBERED_MS) },
    },
    _count: true,
  });
  return new Map(failed.map(({ rail, _count }) => [rail, _count]));
}
