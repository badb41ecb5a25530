import { describe, expect, it } from 'vitest';
import { seededRandom } from '../consensus/seeded-random';
import { goldEvidence } from '../fixtures/gold-evidence';
import { policyFor } from '../policy';
import { replay } from './replay';
import type { Settings } from './settings';
import type { StoredTask } from './stored-votes';

const SCHEMA = {
  type: 'object',
  required: ['x'],
  properties: { x: { enum: ['a', 'b'] } },
};
const ACCURACIES = [0.55, 0.6, 0.95, 0.6, 0.6];
const policy = policyFor('medium').consensus;
const evidence = goldEvidence(
  SCHEMA,
  Object.fromEntries(ACCURACIES.map((accuracy, w) => [`w${w}`, { golds: 60, accuracy }])),
);
const current: Settings = {
  ...{ minVotes: 3, maxVotes: 3, targetConfidence: 0.9, voteValue: 0.01 },
  ...{ goldRate: 0, method: 'current' },
};

function crowd(tasks: number, labelled: number): StoredTask[] {
  const random = seededRandom(4);
  return Array.from({ length: tasks }, (_, t) => {
    const truth = t % 2 === 0 ? 'a' : 'b';
    const other = truth === 'a' ? 'b' : 'a';
    const votes = ACCURACIES.map((accuracy, w) => ({
      workerId: `w${w}`,
      outputText: JSON.stringify({ x: random() < accuracy ? truth : other }),
      seconds: 60 * (w + 1),
    }));
    const truthText = t < labelled ? JSON.stringify({ x: truth }) : null;
    return { riskTier: 'medium', payoutSats: 100, votes, truthText, own: null };
  });
}

const run = (tasks: StoredTask[], asked: Settings | null = null) =>
  replay([{ schema: SCHEMA, tasks }], evidence, policy, {
    current,
    asked,
    fee: { bps: 1_000, minimumSats: 0 },
  });

describe('a back-test', () => {
  const { points, basis, measured, tasks } = run(crowd(300, 200));
  const fixed = (votes: number) =>
    points.find(({ settings }) => settings.minVotes === votes && settings.maxVotes === votes);

  it('says what each number of votes is worth, costs and takes', () => {
    expect({ basis, measured, tasks }).toEqual({ basis: 'labelled', measured: 200, tasks: 300 });
    expect(fixed(1)?.accuracy).toBeLessThan(0.7);
    expect(fixed(5)?.accuracy).toBeGreaterThan(0.9);
    // One sat of fee per ten; no golds.
    expect(fixed(1)?.costSats).toBeCloseTo(110, 9);
    expect(fixed(5)?.costSats).toBeCloseTo(550, 9);
    expect(fixed(2)).toMatchObject({ p50Seconds: 120, p95Seconds: 120, votes: 2, short: 0 });
    expect(points.filter(({ isCurrent }) => isCurrent)).toEqual([fixed(3)]);
  });

  it('buys one vote at a time for less than a fixed number, about as right', () => {
    const adaptive = points.find(
      ({ settings }) => settings.maxVotes === 5 && settings.targetConfidence === 0.95,
    );
    expect(adaptive?.votes).toBeLessThan(5);
    expect(adaptive?.accuracy).toBeGreaterThan((fixed(5)?.accuracy ?? 1) - 0.05);
  });

  it('draws a frontier on which nothing is beaten in both', () => {
    const frontier = points.filter(({ isFrontier }) => isFrontier);
    expect(frontier.length).toBeGreaterThan(1);
    for (const [i, point] of frontier.entries()) {
      const before = frontier[i - 1];
      if (before) expect(point.accuracy).toBeGreaterThan(before.accuracy);
    }
  });

  it('takes what was asked beside it: the majority is worse than weighed votes', () => {
    const asked: Settings = { ...current, minVotes: 5, maxVotes: 5, method: 'majority' };
    const found = run(crowd(300, 200), asked).points.find(({ isAsked }) => isAsked);
    expect(found?.accuracy).toBeLessThan((fixed(5)?.accuracy ?? 0) - 0.05);
  });

  it('is held against all stored votes where few answers are known, and says so', () => {
    const found = run(crowd(60, 19));
    expect(found).toMatchObject({ basis: 'consensus', measured: 60 });
    const all = found.points.find(({ settings }) => settings.minVotes === 5);
    expect(all?.accuracy).toBe(1);
  });

  it('recommends nothing for which more votes were wanted than are stored', () => {
    const asked: Settings = { ...current, minVotes: 9, maxVotes: 9 };
    const found = run(crowd(60, 60), asked).points.find(({ isAsked }) => isAsked);
    expect(found).toMatchObject({ short: 1, isFrontier: false, votes: 5 });
  });

  it('says nothing of a type without votes', () => {
    expect(run([])).toMatchObject({ tasks: 0, points: [] });
  });

  it('does not take a labelled task as evidence for itself', () => {
    const task: StoredTask = {
      ...{ riskTier: 'medium', payoutSats: 100, truthText: '{"x":"a"}' },
      votes: [
        { workerId: 'w0', outputText: '{"x":"a"}', seconds: 1 },
        { workerId: 'w1', outputText: '{"x":"b"}', seconds: 2 },
      ],
      own: null,
    };
    const [facet = ''] = Object.keys(evidence);
    const cell = (said: number) => ({ truth: 0, said, weight: 10, squaredError: 0 });
    const known = {
      [facet]: {
        pool: { total: 20, right: 10, squaredError: 0 },
        voters: { w0: [cell(0)], w1: [cell(1)] },
      },
    };
    const confidenceOf = (own: StoredTask['own']) =>
      replay([{ schema: SCHEMA, tasks: [{ ...task, own }] }], known, policy, {
        current: { ...current, minVotes: 2, maxVotes: 2 },
        asked: null,
        fee: { bps: 0, minimumSats: 0 },
      }).points.find(({ isCurrent }) => isCurrent)?.confidence ?? 0;
    const itself = { facets: [facet], truths: [0], weight: 10 };
    expect(confidenceOf(itself)).toBeLessThan(confidenceOf(null) - 0.1);
  });
});
