import type { Payout } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { LIGHTNING } from './rails/local-rails';
import { type ConfiguredRail, lightningRails } from './rails/registry';

/** A rail that did not answer is left alone so long, while payouts wait or take another one. */
export const DOWN_MS = 60_000;
/** What a payout met on a rail is held against it so long. */
const REMEMBERED_MS = 60 * 60_000;
const NO_RAIL_MS = 5 * 60_000;

/** `later`: none can be had now. `never`: nothing here knows that rail. */
export type ChosenRail =
  | { found: 'rail'; rail: ConfiguredRail }
  | { found: 'later'; reason: string; delayMs: number }
  | { found: 'never'; reason: string };

/**
 * The rail for a payout's next attempt: of those that answer, the one that failed it least in the last
 * hour, in the operator's order.
 */
export async function chooseRail({ id, rail }: Pick<Payout, 'id' | 'rail'>): Promise<ChosenRail> {
  if (rail !== LIGHTNING) {
    return { found: 'never', reason: `No rail named ${rail} is configured.` };
  }
  const rails = (await lightningRails()).filter(({ isEnabled }) => isEnabled);
  if (rails.length === 0) {
    const reason = 'No Lightning rail is set up. It is sent once an operator has set one up.';
    return { found: 'later', reason, delayMs: NO_RAIL_MS };
  }
  const up = rails.filter((each) => !isDown(each));
  const failures = await countFailures(id);
  const [best] = up.toSorted((a, b) => failuresOf(failures, a) - failuresOf(failures, b));
  if (best) return { found: 'rail', rail: best };
  return { found: 'later', reason: 'No Lightning rail answers.', delayMs: DOWN_MS };
}

/** Whether its last answer was none, a moment ago; then one payout at a time tries it again. */
function isDown({ lastOkAt, lastErrorAt }: ConfiguredRail): boolean {
  if (lastErrorAt === null || (lastOkAt !== null && lastOkAt >= lastErrorAt)) return false;
  return clock.nowMs() - lastErrorAt.getTime() < DOWN_MS;
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
