import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { outcomesSql } from './access';
import {
  type Bought,
  bestThreshold,
  boughtBy,
  bucketsOf,
  expectedCalibrationError,
  type GuessBin,
  type GuessBucket,
  recommendedThreshold,
  type Saving,
  savingsOf,
} from './calibration';
import { groupBy } from './group-by';
import { CalibrationQuery } from './schema';
import { timeRange } from './time-range';

export interface Calibration {
  /** Guesses that can be compared with a verified output. */
  guesses: number;
  right: number;
  buckets: GuessBucket[];
  expected_calibration_error: number | null;
  wrong_cost_sats: number;
  /** Average cost of a task. */
  task_cost_sats: number | null;
  savings: Saving[];
  /** The threshold above which asking did not pay; null if it always paid. */
  best: Saving | null;
  /** The threshold that the sample size supports; null if there is none. */
  recommended: Saving | null;
  /** The value of asking people, overall and by type, most expensive first. */
  bought: Bought;
  types: TypeEscalation[];
}

/** The value of asking about one type's guesses. */
export interface TypeEscalation extends Bought {
  type: string;
  guesses: number;
  recommended: Saving | null;
}

const WRONG_COST_DEFAULT = 1_000;
const WRONG_COST_TIMES = 10;
const TYPES_SHOWN_MAX = 20;

/** Compares the agent's guesses with verified outputs, by stated confidence. */
export async function getCalibration(actor: Actor, input: CalibrationQuery): Promise<Calibration> {
  const query = CalibrationQuery.parse(input);
  const rows = await db.$queryRaw<(GuessBin & { type: string })[]>`
    SELECT o.type, least(99, floor(o.guess_confidence * 100))::int AS hundredth, count(*)::int AS count,
           (count(*) FILTER (WHERE o.guess_right))::int AS right,
           sum(o.guess_confidence) AS "confidenceSum", sum(o.charged_sats)::float8 AS "chargedSats"
      FROM task_outcomes o
     WHERE ${outcomesSql(actor, timeRange(query.range), query.type)}
       AND o.guess_right IS NOT NULL AND o.guess_confidence IS NOT NULL
     GROUP BY 1, 2`;
  const bins = [...groupBy(rows, ({ hundredth }) => hundredth).values()].map(merged);
  const guesses = bins.reduce((sum, bin) => sum + bin.count, 0);
  const charged = bins.reduce((sum, bin) => sum + bin.chargedSats, 0);
  const taskCost = guesses > 0 ? charged / guesses : null;
  const wrongCost =
    query.wrong_cost_sats ??
    (taskCost ? Math.max(1, roundSats(taskCost * WRONG_COST_TIMES)) : WRONG_COST_DEFAULT);
  const buckets = bucketsOf(bins);
  const savings = savingsOf(bins, wrongCost);
  return {
    guesses,
    right: bins.reduce((sum, bin) => sum + bin.right, 0),
    buckets,
    expected_calibration_error: expectedCalibrationError(buckets),
    wrong_cost_sats: wrongCost,
    task_cost_sats: taskCost,
    savings,
    best: bestThreshold(savings),
    recommended: recommendedThreshold(savings),
    bought: boughtBy(bins),
    types: [...groupBy(rows, ({ type }) => type)]
      .map(([type, own]) => ({
        type,
        guesses: own.reduce((sum, bin) => sum + bin.count, 0),
        ...boughtBy(own),
        recommended: recommendedThreshold(savingsOf(own, wrongCost)),
      }))
      .sort((a, b) => b.chargedSats - a.chargedSats)
      .slice(0, TYPES_SHOWN_MAX),
  };
}

/** Guesses of one hundredth across all types. */
function merged(bins: readonly GuessBin[]): GuessBin {
  return bins.reduce((sum, bin) => ({
    hundredth: sum.hundredth,
    count: sum.count + bin.count,
    right: sum.right + bin.right,
    confidenceSum: sum.confidenceSum + bin.confidenceSum,
    chargedSats: sum.chargedSats + bin.chargedSats,
  }));
}

/** Rounds to two significant digits. */
function roundSats(sats: number): number {
  return Number(sats.toPrecision(2));
}
