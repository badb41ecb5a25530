/**
 * A signal from golds and from agreement with others: the worker answered many tasks without
 * looking at them.
 */
import type { TrackedAnswer } from '../stage';
import { SILENT, type Signal } from './signal';

/** Candidate shares of tasks actually looked at, equally likely, below `attention`. */
const GRID = [0, 0.2, 0.4, 0.6];
const P_MIN = 0.01;
/** Start points over which the evidence of a change is spread; the track is no longer. */
const STARTS = 200;

/** P(right, or in agreement) of an answer by a worker who looks at this share of the tasks. */
function chanceOf({ expected, chance }: TrackedAnswer, attention: number): number {
  const p = attention * expected + (1 - attention) * Math.min(chance, expected);
  return Math.min(1 - P_MIN, Math.max(P_MIN, p));
}

/**
 * Evidence, as a logarithm, that a worker looks at fewer tasks than `attention` from some answer
 * on: likelihood ratios against that share, averaged over lower shares and over possible start
 * points. It is an e-process: for a worker who looks at `attention` of the tasks or more, and is
 * otherwise like the pool, it reaches ln(1/α) within 200 answers with probability at most α,
 * however often it is evaluated.
 * @param track oldest first.
 * @param isWhole the track starts with the worker's first answer: half of the weight is on that
 * start.
 * @returns it with the number of latest answers after the most likely change.
 */
export function inattention(
  track: readonly TrackedAnswer[],
  attention: number,
  isWhole: boolean,
): { logEvidence: number; answers: number } {
  const grid = GRID.filter((share) => share < attention);
  const sums = new Float64Array(grid.length);
  const weight = isWhole ? 0.5 : 1;
  let best = { log: Number.NEGATIVE_INFINITY, answers: 0 };
  let total = Number.NEGATIVE_INFINITY;
  let sinceFirst = Number.NEGATIVE_INFINITY;
  const counted = track.filter(({ weighs }) => weighs).slice(-STARTS);
  for (const [back, answer] of counted.reverse().entries()) {
    const usual = chanceOf(answer, attention);
    for (const [g, share] of grid.entries()) {
      const p = chanceOf(answer, share);
      // One logarithm suffices if the answer is entirely right or wrong.
      const right = answer.score > 0 ? answer.score * Math.log(p / usual) : 0;
      const wrong = answer.score < 1 ? (1 - answer.score) * Math.log((1 - p) / (1 - usual)) : 0;
      sums[g] = (sums[g] ?? 0) + right + wrong;
    }
    sinceFirst = sums.reduce(logAdd, Number.NEGATIVE_INFINITY) - Math.log(grid.length);
    if (sinceFirst > best.log) best = { log: sinceFirst, answers: back + 1 };
    total = logAdd(total, sinceFirst + Math.log(weight / STARTS));
  }
  if (isWhole) total = logAdd(total, sinceFirst + Math.log(1 - weight));
  return { logEvidence: counted.length === 0 ? 0 : total, answers: best.answers };
}

function logAdd(a: number, b: number): number {
  const top = Math.max(a, b);
  return top === Number.NEGATIVE_INFINITY ? top : top + Math.log1p(Math.exp(Math.min(a, b) - top));
}

/** Never strong: a worker who is outvoted or wrong on golds is not necessarily dishonest. */
export const lowAccuracy: Signal = {
  id: 'low_accuracy',
  family: 'accuracy',
  isOfAccuracy: true,
  nullHypothesis:
    'The worker looks at 85 % of the tasks or more, and on those is right, and agrees with the other of a task’s first two answers, as often as the pool.',
  falsePositiveTarget: 0.01,
  message:
    'Recent answers agree less with known answers, and with what others said, than is usual for such tasks.',
  read(ctx) {
    const { track, trackIsWhole } = ctx.worker;
    const { attention, accuracyAlpha } = ctx.policy.anomaly;
    if (track.length === 0) return SILENT;
    const { logEvidence, answers } = inattention(track, attention, trackIsWhole);
    const isLow = logEvidence >= -Math.log(accuracyAlpha);
    return {
      level: isLow ? 'weak' : 'none',
      statistic: Math.exp(Math.min(0, -logEvidence)),
      ...(isLow ? { answers } : {}),
    };
  },
};
