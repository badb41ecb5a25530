import type { prepareTask } from '@/server/features/tasks';
import type { QuoteWage } from '@/server/features/tasks/schema';
import { listTypeWages } from '@/server/features/workers';
import { satsToNumber } from '@/server/platform/money';

type TaskDraft = Awaited<ReturnType<typeof prepareTask>>;

/** The task's hourly wage for its workers, and the instance's wage floor. */
export async function quoteWage(draft: TaskDraft): Promise<QuoteWage> {
  const [known] = await listTypeWages(draft);
  const payoutSats = satsToNumber(draft.payoutSats);
  const floor = draft.wageFloor;
  return {
    payout_sats: payoutSats,
    sats_per_hour: known ? Math.round((payoutSats * 3_600) / known.seconds) : null,
    own_seconds: known ? Number(known.seconds.toFixed(1)) : null,
    answers: known?.answers ?? 0,
    floor_sats_per_hour: floor?.satsPerHour ?? null,
    payout_sats_min: floor && satsToNumber(floor.payoutSatsMin),
  };
}

/** What a customer needs to know about the wage floor; null if it has no effect. */
export function floorWarning(draft: TaskDraft, asked: number | undefined): string | null {
  const { wageFloor: floor, payoutSats } = draft;
  if (!floor) return null;
  if (payoutSats < floor.payoutSatsMin) {
    return `A create would be rejected: this instance requires ${floor.satsPerHour} sats per hour, so payout_sats must be at least ${floor.payoutSatsMin}, not ${payoutSats}.`;
  }
  return floor.raises && asked === undefined && payoutSats === floor.payoutSatsMin
    ? `The payout is raised to ${payoutSats} sats to meet this instance’s minimum of ${floor.satsPerHour} sats per hour.`
    : null;
}
