/**
 * Accuracy on crowds generated from a seed and, if a copy is next to the project, on public sets of
 * real people's votes. Figures are percentages; a deviation of 0.6 points from the target is
 * tolerated, because gold samples and vote orders are random.
 */
import { describe, expect, it } from 'vitest';
import { buyVotes, scoreOf } from '../fixtures/adaptive-votes';
import { CROWD_SETS_PRESENT, crowdSet } from '../fixtures/crowd-sets';
import { fillForms } from '../fixtures/forms';
import { generatedCrowd } from '../fixtures/generated-crowd';
import { type Setting, withGolds } from '../fixtures/voted-crowd';
import { calibrationOf, expectedAccuracy } from './calibration';
import { fitDawidSkene } from './dawid-skene';
import type { FacetEvidence } from './evidence-facts';
import { seededRandom } from './seeded-random';
import { type VoteTable, voteShares, voteTable } from './vote-table';

const TOLERANCE = 0.6;

interface Target {
  name: string;
  majority: number;
  plain: number;
  diagonal: number;
  weighted: number;
  majorityOfSame: number;
  /** Random choices of golds to average over; one choice varies by 4.4 points on the smallest set. */
  draws: number;
}

/** Measured once; the generated crowds never change. */
const GENERATED_TARGETS: Target[] = [
  {
    name: 'generated-pairs',
    majority: 91.7,
    plain: 97.5,
    diagonal: 97.6,
    weighted: 95.4,
    majorityOfSame: 91.7,
    draws: 12,
  },
  {
    name: 'generated-leaning',
    majority: 75.8,
    plain: 97.5,
    diagonal: 97.5,
    weighted: 89.6,
    majorityOfSame: 75.7,
    draws: 30,
  },
  {
    name: 'generated-scale',
    majority: 85.0,
    plain: 91.7,
    diagonal: 92.7,
    weighted: 88.7,
    majorityOfSame: 85.1,
    draws: 15,
  },
];

const PUBLIC_TARGETS: Target[] = [
  {
    name: 'rte',
    majority: 89.7,
    plain: 92.8,
    diagonal: 92.8,
    weighted: 92.7,
    majorityOfSame: 89.8,
    draws: 15,
  },
  {
    name: 'bluebirds',
    majority: 75.9,
    plain: 89.8,
    diagonal: 89.8,
    weighted: 87.4,
    majorityOfSame: 75.8,
    draws: 40,
  },
  {
    name: 'weather-cf',
    majority: 88.2,
    plain: 83.0,
    diagonal: 89.0,
    weighted: 88.4,
    majorityOfSame: 88.1,
    draws: 30,
  },
];

function accuracyOf(cells: Float64Array, table: VoteTable, truth: Map<string, string>): number {
  const k = table.labels.length;
  const scores = table.tasks.map((task, t) => {
    const row = new Map(table.labels.map((label, l) => [label, cells[t * k + l] ?? 0] as const));
    return expectedAccuracy(row, truth.get(task) ?? '');
  });
  return percent(scores);
}

function percent(scores: readonly number[]): number {
  return (100 * scores.reduce((sum, score) => sum + score, 0)) / scores.length;
}

interface AdaptiveGoal {
  name: string;
  maxVotes: number;
  targetConfidence: number;
  accuracy: number;
  votesUsed: number;
  /** Majority of `maxVotes` votes on the same tasks. */
  majority: number;
  /** Points by which adaptive votes must beat it. */
  gain: number;
}

const GENERATED_GOALS: AdaptiveGoal[] = [
  {
    name: 'generated-pairs',
    maxVotes: 5,
    targetConfidence: 0.9,
    accuracy: 85.5,
    votesUsed: 3.16,
    majority: 84.9,
    gain: 0.2,
  },
  {
    name: 'generated-pairs',
    maxVotes: 7,
    targetConfidence: 0.95,
    accuracy: 88.3,
    votesUsed: 3.61,
    majority: 88.8,
    gain: -1,
  },
];

const PUBLIC_GOALS: AdaptiveGoal[] = [
  {
    name: 'rte',
    maxVotes: 5,
    targetConfidence: 0.9,
    accuracy: 88.3,
    votesUsed: 2.96,
    majority: 84.8,
    gain: 2,
  },
  {
    name: 'rte',
    maxVotes: 7,
    targetConfidence: 0.95,
    accuracy: 89.3,
    votesUsed: 3.26,
    majority: 87.6,
    gain: 1.3,
  },
];

const TARGETS = CROWD_SETS_PRESENT ? [...GENERATED_TARGETS, ...PUBLIC_TARGETS] : GENERATED_TARGETS;
const ADAPTIVE_GOALS = CROWD_SETS_PRESENT ? [...GENERATED_GOALS, ...PUBLIC_GOALS] : GENERATED_GOALS;

const setOf = (name: string) =>
  name.startsWith('generated') ? generatedCrowd(name) : crowdSet(name);

describe('accuracy on crowds', () => {
  describe.each(TARGETS)('$name', (target) => {
    const { votes, truth, labels } = setOf(target.name);
    const table = voteTable(votes, labels);

    it('majority, ties as expected accuracy', () => {
      const found = accuracyOf(voteShares(table), table, truth);
      expect(Math.abs(found - target.majority)).toBeLessThan(0.1);
    });

    it('plain Dawid–Skene', () => {
      const fit = fitDawidSkene(table, { prior: 'flat' });
      const found = accuracyOf(fit.posterior, table, truth);
      expect(Math.abs(found - target.plain)).toBeLessThan(TOLERANCE);
    });

    it('Dawid–Skene with the diagonal prior', () => {
      const fit = fitDawidSkene(table, { prior: 'diagonal' });
      const found = accuracyOf(fit.posterior, table, truth);
      expect(fit.converged).toBe(true);
      expect(Math.abs(found - target.diagonal)).toBeLessThan(TOLERANCE);
    });

    it('naive Bayes with a tenth of the tasks as golds, beside majority on the same tasks', () => {
      const set = setOf(target.name);
      const seeds = Array.from({ length: target.draws }, (_, i) => i + 1);
      const runs = seeds.map((seed) => withGolds(set, seededRandom(seed)));
      const score = (evidenceFor: (run: Setting) => FacetEvidence | undefined) =>
        percent(
          runs.flatMap((run) => run.tasks.map((task) => scoreOf(task, run.k, evidenceFor(run)))),
        );
      expect(Math.abs(score(({ evidence }) => evidence) - target.weighted)).toBeLessThan(TOLERANCE);
      expect(Math.abs(score(() => undefined) - target.majorityOfSame)).toBeLessThan(TOLERANCE);
    });
  });

  it('fits 8,000 votes in well under a second', () => {
    const table = voteTable(generatedCrowd('generated-pairs').votes);
    const start = performance.now();
    const fit = fitDawidSkene(table, { prior: 'diagonal' });
    expect(table.task).toHaveLength(8_000);
    expect(fit.converged).toBe(true);
    expect(performance.now() - start).toBeLessThan(1_500);
  });

  describe.each(ADAPTIVE_GOALS)(
    '$name bought one vote at a time, up to $maxVotes until $targetConfidence',
    (goal) => {
      const { results, majority } = buyVotes(setOf(goal.name), goal);

      it('reaches the accuracy with the number of votes', () => {
        const accuracy = percent(results.map((result) => result.correct));
        const used = percent(results.map((result) => result.accepted)) / 100;
        expect(Math.abs(accuracy - goal.accuracy)).toBeLessThan(TOLERANCE);
        expect(Math.abs(used - goal.votesUsed)).toBeLessThan(0.15);
      });

      it('beats the majority of as many votes, or nearly equals it with far fewer', () => {
        expect(percent(results.map((result) => result.correct))).toBeGreaterThan(
          percent(majority) + goal.gain,
        );
        expect(Math.abs(percent(majority) - goal.majority)).toBeLessThan(TOLERANCE);
      });

      it('states a confidence that is calibrated within eight points', () => {
        expect(calibrationOf(results).ece ?? 1).toBeLessThan(0.08);
      });
    },
  );
});

describe.skipIf(!CROWD_SETS_PRESENT)('several fields of one answer', () => {
  it.each([
    ['rte', 5],
    ['rte', 10],
    ['bluebirds', 3],
    ['weather-cf', 3],
  ])(
    '%s: %d fields are all right about as often as is said of strangers, or more often',
    (name, fields) => {
      for (const voters of [1, 3]) {
        const { stated, product, right, forms } = fillForms(crowdSet(name), {
          fields,
          voters,
          forms: 300,
        });
        if (forms < 100) continue;
        expect(stated).toBeGreaterThan(product);
        expect(stated).toBeLessThan(right + 0.1);
        // The product is too low whenever nothing is known of the voters.
        expect(Math.abs(stated - right)).toBeLessThan(Math.abs(product - right));
      }
    },
  );
});
