import { RANGES } from '@/server/features/insight/policy';
import type { Range } from '@/server/features/insight/schema';

/** What the insight page shows, as its address says it. */
export interface InsightState {
  range: Range;
  type: string | null;
  /** What a wrong answer costs, in sats; null takes the page's own guess. */
  wrongCost: number | null;
}

export const RANGE_LABELS: Record<Range, string> = {
  '24h': '24 hours',
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
};

const WRONG_COST_MAX = 1_000_000_000;

/** What the address says; what makes no sense there is left out. */
export function insightStateOf(read: (name: string) => string | null): InsightState {
  const range = read('range');
  const cost = Number(read('cost') ?? Number.NaN);
  const type = read('type');
  return {
    range: RANGES.find((each) => each === range) ?? '30d',
    type: type && /^[a-z0-9_.-]{1,128}$/.test(type) ? type : null,
    wrongCost: Number.isInteger(cost) && cost >= 1 && cost <= WRONG_COST_MAX ? cost : null,
  };
}

export function insightHrefOf({ range, type, wrongCost }: InsightState): string {
  const params = new URLSearchParams();
  if (range !== '30d') params.set('range', range);
  if (type) params.set('type', type);
  if (wrongCost) params.set('cost', String(wrongCost));
  return params.size > 0 ? `/dashboard/insight?${params}` : '/dashboard/insight';
}

/** The questions to the server. */
export function insightQueriesOf({ range, type, wrongCost }: InsightState) {
  const activity = { range, ...(type ? { type } : {}) };
  return {
    activity,
    calibration: { ...activity, ...(wrongCost ? { wrong_cost_sats: wrongCost } : {}) },
  };
}
