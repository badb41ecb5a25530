/** Signals from timing. All three can share one honest cause: a fast worker. */
import { MAD_TO_SIGMA } from '../consensus/median';
import type { StageContext } from '../stage';
import { levelAbove, SILENT, type Signal } from './signal';

/** Standard deviation of ln(seconds), estimated from the type's answers; null with too few of them. */
function timeModel(ctx: StageContext): { centre: number; sigma: number } | null {
  const { logSecondsMedian, logSecondsMad, timedSize } = ctx.typeStats;
  const { minTypeSample, logSecondsMadFloor } = ctx.policy.anomaly;
  if (logSecondsMedian === null || logSecondsMad === null || timedSize < minTypeSample) return null;
  return {
    centre: logSecondsMedian,
    sigma: MAD_TO_SIGMA * Math.max(logSecondsMad, logSecondsMadFloor),
  };
}

/**
 * Milliseconds within which nobody can have looked at the payload: a reaction time and a little per
 * character. Deliberately low, because practised workers with a keyboard are fast.
 */
export function timeFloorMs(ctx: StageContext): number {
  const { floorBaseMs, floorMsPerChar, floorCapMs } = ctx.policy.anomaly;
  const chars = JSON.stringify(ctx.task.payload).length;
  return Math.min(floorCapMs, floorBaseMs + floorMsPerChar * chars);
}

export const belowTimeFloor: Signal = {
  id: 'below_time_floor',
  family: 'timing',
  nullHypothesis:
    'A person needs a reaction time, and some time per character, between seeing a task and answering it.',
  falsePositiveTarget: 0.001,
  message: 'The answer came faster than the task can be read.',
  read(ctx) {
    const { elapsedMs, telemetry } = ctx.answer;
    const spentMs = Math.min(elapsedMs, telemetry?.activeMs ?? elapsedMs);
    const floorMs = timeFloorMs(ctx);
    if (floorMs <= 0) return SILENT;
    return { level: spentMs < floorMs ? 'strong' : 'none', statistic: spentMs / floorMs };
  },
};

export const unusuallyFast: Signal = {
  id: 'unusually_fast',
  family: 'timing',
  nullHypothesis:
    "ln(seconds) of an honest answer follows the type's own answers, with normal tails below the median.",
  falsePositiveTarget: 0.01,
  message: 'The answer came much faster than answers to such tasks usually do.',
  read(ctx) {
    const model = timeModel(ctx);
    if (!model || ctx.answer.isSimulated) return SILENT;
    const z = (Math.log(Math.max(1, ctx.answer.elapsedMs) / 1000) - model.centre) / model.sigma;
    const { weakTimeZ, strongTimeZ } = ctx.policy.anomaly;
    return { ...levelAbove(-z, weakTimeZ, strongTimeZ), statistic: z };
  },
};

export const impossibleThroughput: Signal = {
  id: 'impossible_throughput',
  family: 'timing',
  nullHypothesis:
    "Answers in an hour are at most Poisson around the rate of somebody who never pauses and always works at the type's quickest credible pace.",
  falsePositiveTarget: 0.001,
  message: 'More answers came in the last hour than one person can give.',
  read(ctx) {
    if (ctx.answer.isSimulated) return SILENT;
    const { unsuspiciousPerHour, weakTimeZ } = ctx.policy.anomaly;
    const model = timeModel(ctx);
    const quickest = model ? 3_600 / Math.exp(model.centre - weakTimeZ * model.sigma) : 0;
    const rate = Math.max(unsuspiciousPerHour, quickest);
    const limit = rate + 4 * Math.sqrt(rate);
    return levelAbove(ctx.worker.recentAnswersPerHour, limit, 2 * limit);
  },
};
