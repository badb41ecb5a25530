/**
 * Accuracy on crowds generated from a seed and, where a copy lies beside the project, on public sets of
 * real people's votes. Figures are percentages; a deviation of 0.6 points from the target is
 * tolerated, as gold samples and vote orders are random.
 */
import { describe, expect, it } from 'vitest';
import { CROWD_SETS_PRESENT, crowdSet } from '../fixtures/crowd-sets';
import { generatedCrowd } from '../fixtures/generated-crowd';
import { meanAccuracy } from '../gold-posterior';
import { policyFor } from '../policy';
import type { GoldTally } from '../stage';
import { needMoreVotes } from './adaptive';
import { calibrationOf } from './calibration';
import { fitDawidSkene } from './dawid-skene';
import { seededRandom, shuffled } from './seeded-random';
import { type Vote, type VoteTable, voteShares, voteTable } from './vote-table';
import { expectedAccuracy, type WeighedVote, weighVotes } from './weighted-vote';

const TOLERANCE = 0.6;
const policy = policyFor('medium');
const NOBODY: GoldTally = { correct: 0, total: 0 };

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
    draws: 50,
  },
  {
    name: 'generated-leaning',
    majority: 75.8,
    plain: 97.5,
    diagonal: 97.5,
    weighted: 80.9,
    majorityOfSame: 75.7,
    draws: 200,
  },
  {
    name: 'generated-scale',
    majority: 85.0,
    plain: 91.7,
    diagonal: 92.7,
    weighted: 88.7,
    majorityOfSame: 85.1,
    draws: 50,
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
    draws: 100,
  },
  {
    name: 'bluebirds',
    majority: 75.9,
    plain: 89.8,
    diagonal: 89.8,
    weighted: 83.0,
    majorityOfSame: 75.8,
    draws: 300,
  },
  {
    name: 'weather-cf',
    majority: 88.2,
    plain: 83.0,
    diagonal: 89.0,
    weighted: 88.4,
    majorityOfSame: 88.1,
    draws: 200,
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

/** Takes a tenth of the tasks as golds; returns the others with votes weighed by those golds. */
function withGolds(set: ReturnType<typeof crowdSet>, random: () => number) {
  const byTask = groupByTask(set.votes);
  const order = shuffled([...set.truth.keys()], random);
  const golds = order.slice(0, Math.round(order.length / 10));
  const tallies = new Map<string, GoldTally>();
  for (const gold of golds) {
    for (const { worker, label } of byTask.get(gold) ?? []) {
      const { correct, total } = tallies.get(worker) ?? NOBODY;
      const right = label === set.truth.get(gold) ? 1 : 0;
      tallies.set(worker, { correct: correct + right, total: total + 1 });
    }
  }
  return order.slice(golds.length).map((task) => ({
    truth: set.truth.get(task) ?? '',
    votes: (byTask.get(task) ?? []).map(({ worker, label }) => ({
      label,
      accuracy: meanAccuracy(tallies.get(worker) ?? NOBODY, NOBODY, policy.gold),
    })),
  }));
}

function groupByTask(votes: readonly Vote[]): Map<string, Vote[]> {
  const groups = new Map<string, Vote[]>();
  for (const vote of votes) {
    const group = groups.get(vote.task);
    if (group) group.push(vote);
    else groups.set(vote.task, [vote]);
  }
  return groups;
}

function weigh(votes: readonly WeighedVote[], k: number) {
  return weighVotes(votes, k, policy.consensus.accuracyCap);
}

function equally(votes: readonly WeighedVote[]): WeighedVote[] {
  return votes.map(({ label }) => ({ label, accuracy: 0.75 }));
}

interface AdaptiveGoal {
  name: string;
  maxVotes: number;
  targetConfidence: number;
  accuracy: number;
  votesUsed: number;
  /** Majority of `maxVotes` votes on the same tasks. */
  majority: number;
  /** Points by which buying one vote at a time must beat it. */
  gain: number;
}

const GENERATED_GOALS: AdaptiveGoal[] = [
  {
    name: 'generated-pairs',
    maxVotes: 5,
    targetConfidence: 0.9,
    accuracy: 86.8,
    votesUsed: 3.35,
    majority: 85.3,
    gain: 1,
  },
  {
    name: 'generated-pairs',
    maxVotes: 7,
    targetConfidence: 0.95,
    accuracy: 91.3,
    votesUsed: 4.61,
    majority: 88.9,
    gain: 1,
  },
];

const PUBLIC_GOALS: AdaptiveGoal[] = [
  {
    name: 'rte',
    maxVotes: 5,
    targetConfidence: 0.9,
    accuracy: 89.1,
    votesUsed: 3.37,
    majority: 84.7,
    gain: 2,
  },
  {
    name: 'rte',
    maxVotes: 7,
    targetConfidence: 0.95,
    accuracy: 91.2,
    votesUsed: 4.48,
    majority: 87.5,
    gain: 2,
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

    it('gold-weighted with a tenth of the tasks as golds, beside majority on the same tasks', () => {
      const set = setOf(target.name);
      const seeds = Array.from({ length: target.draws }, (_, i) => i + 1);
      const runs = seeds.map((seed) => withGolds(set, seededRandom(seed)));
      const score = (change: (votes: WeighedVote[]) => WeighedVote[]) =>
        percent(
          runs
            .flat()
            .map(({ truth: right, votes: cast }) =>
              expectedAccuracy(weigh(change(cast), labels.length).posterior, right),
            ),
        );
      expect(Math.abs(score((cast) => cast) - target.weighted)).toBeLessThan(TOLERANCE);
      expect(Math.abs(score(equally) - target.majorityOfSame)).toBeLessThan(TOLERANCE);
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
      const set = setOf(goal.name);
      const redundancy = { minVotes: 1, ...goal };
      const tasks = Array.from({ length: 30 }, (_, i) => seededRandom(i + 1)).flatMap((random) =>
        withGolds(set, random).map(({ truth, votes }) => ({
          truth,
          votes: shuffled(votes, random),
        })),
      );
      const results = tasks.map(({ truth, votes }) => {
        for (let accepted = 1; ; accepted++) {
          const cast = weigh(votes.slice(0, accepted), 2);
          const confidence = Math.max(...cast.posterior.values());
          const votesRemaining = goal.maxVotes - accepted;
          const count = { accepted, votesRemaining, confidence, tie: cast.tie };
          if (needMoreVotes(count, redundancy, 'medium').decision === 'need_vote') continue;
          return { accepted, confidence, correct: expectedAccuracy(cast.posterior, truth) };
        }
      });

      it('reaches the accuracy with the number of votes', () => {
        const accuracy = percent(results.map((result) => result.correct));
        const used = percent(results.map((result) => result.accepted)) / 100;
        expect(Math.abs(accuracy - goal.accuracy)).toBeLessThan(TOLERANCE);
        expect(Math.abs(used - goal.votesUsed)).toBeLessThan(0.15);
      });

      it('beats the majority of the same number of votes', () => {
        const majority = percent(
          tasks.map(({ truth, votes }) =>
            expectedAccuracy(weigh(equally(votes.slice(0, goal.maxVotes)), 2).posterior, truth),
          ),
        );
        expect(percent(results.map((result) => result.correct))).toBeGreaterThan(
          majority + goal.gain,
        );
        expect(Math.abs(majority - goal.majority)).toBeLessThan(TOLERANCE);
      });

      it('states a confidence that is calibrated within five points', () => {
        expect(calibrationOf(results).ece ?? 1).toBeLessThan(0.05);
      });
    },
  );
});
