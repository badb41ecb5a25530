import { describe, expect, it } from 'vitest';
import { CROWD_SETS_PRESENT, crowdSet } from '../fixtures/crowd-sets';
import { generatedCrowd } from '../fixtures/generated-crowd';
import { redundancy } from '../fixtures/stage-context';
import { needMoreVotes } from './adaptive';
import { cohenKappa, krippendorffAlpha } from './agreement';
import { calibrationOf, eceFloor } from './calibration';

/** Krippendorff's own example: four observers, twelve units, values missing ("Computing alpha", 2011). */
const EXAMPLE = [
  [1, 1, 1],
  [2, 2, 3, 2],
  [3, 3, 3, 3],
  [3, 3, 3, 3],
  [2, 2, 2, 2],
  [1, 2, 3, 4],
  [4, 4, 4, 4],
  [1, 1, 2, 1],
  [2, 2, 2, 2],
  [5, 5, 5],
  [1, 1],
  [3],
];

describe("Krippendorff's alpha", () => {
  it.each([
    ['nominal', 0.743],
    ['ordinal', 0.815],
    ['interval', 0.849],
  ] as const)('has the published value of the worked example, %s', (metric, expected) => {
    expect(krippendorffAlpha(EXAMPLE, metric)).toBeCloseTo(expected, 3);
  });

  it('is 1 for perfect agreement and null where nothing could disagree', () => {
    expect(
      krippendorffAlpha([
        [1, 1],
        [2, 2],
      ]),
    ).toBe(1);
    expect(
      krippendorffAlpha([
        [1, 1],
        [1, 1],
      ]),
    ).toBeNull();
    expect(krippendorffAlpha([[1], [2]])).toBeNull();
  });

  const crowds = [
    { name: 'generated-pairs', alpha: 0.166 },
    ...(CROWD_SETS_PRESENT ? [{ name: 'rte', alpha: 0.24 }] : []),
  ];
  it.each(crowds)('is low on $name, however good its consensus', ({ name, alpha }) => {
    const units = new Map<string, number[]>();
    const { votes } = name === 'rte' ? crowdSet(name) : generatedCrowd(name);
    for (const { task, label } of votes) {
      units.set(task, [...(units.get(task) ?? []), Number(label)]);
    }
    expect(krippendorffAlpha([...units.values()])).toBeCloseTo(alpha, 2);
  });
});

describe("Cohen's kappa", () => {
  it('takes the agreement by chance out', () => {
    const table: [string, string, number][] = [
      ['yes', 'yes', 20],
      ['yes', 'no', 5],
      ['no', 'yes', 10],
      ['no', 'no', 15],
    ];
    const pairs = table.flatMap(([a, b, n]) => Array.from({ length: n }, () => [a, b] as const));
    expect(cohenKappa(pairs)).toBeCloseTo(0.4, 12);
  });

  it('is null without pairs or with one label only', () => {
    expect(cohenKappa([])).toBeNull();
    expect(cohenKappa([['a', 'a']])).toBeNull();
  });
});

describe('expected calibration error', () => {
  it('is the gap between stated and found, weighted by bin', () => {
    const stated = [
      ...Array.from({ length: 10 }, (_, i) => ({ confidence: 0.95, correct: i < 8 ? 1 : 0 })),
      ...Array.from({ length: 30 }, (_, i) => ({ confidence: 0.65, correct: i < 21 ? 1 : 0 })),
    ];
    const { ece, bins } = calibrationOf(stated);
    expect(bins.map((bin) => bin.count)).toEqual([30, 10]);
    expect(ece).toBeCloseTo((10 * 0.15 + 30 * 0.05) / 40, 10);
  });

  it('keeps a confidence of 1 in the last bin and says nothing without data', () => {
    expect(calibrationOf([{ confidence: 1, correct: 1 }])).toMatchObject({ ece: 0 });
    expect(calibrationOf([])).toEqual({ ece: null, bins: [] });
  });

  it('has a floor: what perfect calibration shows on as few, which falls with their number', () => {
    expect(eceFloor([])).toBeNull();
    expect(eceFloor([1, 1, 0])).toBe(0);
    const floors = [50, 500, 5_000].map((n) => eceFloor(new Array<number>(n).fill(0.8)) ?? 0);
    // For one bin it is the mean deviation of a share: √(2·p(1 − p)/πn).
    for (const [i, n] of [50, 500, 5_000].entries()) {
      const expected = Math.sqrt((2 * 0.8 * 0.2) / (Math.PI * n));
      expect(floors[i] ?? 0).toBeGreaterThan(expected * 0.6);
      expect(floors[i] ?? 0).toBeLessThan(expected * 1.5);
    }
  });
});

describe('buying votes', () => {
  const three = redundancy({ minVotes: 3, maxVotes: 5 });
  const review = redundancy({ minVotes: 3, maxVotes: 5, onLowConfidence: 'review' });
  const dear = redundancy({ minVotes: 3, maxVotes: 5, voteValue: 0.05 });
  const count = {
    accepted: 3,
    votesRemaining: 2,
    confidence: 0.97,
    tie: false,
    // Two votes could change it, one could not.
    confidenceAfter: (votes: number) => (votes < 2 ? 0.9 : 0.93),
  };

  const end = { ...count, accepted: 5, votesRemaining: 0, confidence: 0.9 };

  it.each([
    ['sure and enough votes', count, three, 'high', 'pass'],
    [
      'sure but below the minimum',
      { ...count, accepted: 2, votesRemaining: 3 },
      three,
      'high',
      'need_vote',
    ],
    [
      'unsure, and two votes could turn it',
      { ...count, confidence: 0.9 },
      three,
      'high',
      'need_vote',
    ],
    ['unsure, and no vote is worth its price', { ...count, confidence: 0.9 }, dear, 'high', 'pass'],
    [
      'unsure, whatever a vote is worth',
      { ...count, confidence: 0.9 },
      dear,
      'critical',
      'need_vote',
    ],
    [
      'unsure, below the minimum',
      { ...count, accepted: 2, confidence: 0.9 },
      dear,
      'low',
      'need_vote',
    ],
    [
      'one vote left, which turns nothing',
      { ...count, votesRemaining: 1, confidence: 0.9 },
      three,
      'high',
      'pass',
    ],
    ['unsure at the end', end, three, 'high', 'pass'],
    ['unsure at the end, where a reviewer is wanted', end, review, 'medium', 'need_review'],
    ['tied at the end', { ...end, confidence: 0.5, tie: true }, three, 'high', 'need_review'],
    ['tied at the minimum', { ...end, accepted: 3, tie: true }, three, 'low', 'need_review'],
    ['tied by a vote beyond it', { ...end, tie: true }, three, 'low', 'pass'],
    ['the same, where a reviewer is wanted', { ...end, tie: true }, review, 'low', 'need_review'],
    ['tied, with a vote left', { ...count, confidence: 0.5, tie: true }, dear, 'low', 'need_vote'],
  ] as const)('%s', (_, given, asked, tier, decision) => {
    expect(needMoreVotes(given, asked, tier).decision).toBe(decision);
  });

  it('passes a single vote of a task that allows only one', () => {
    const given = { ...end, accepted: 1, confidence: 0.4 };
    expect(needMoreVotes(given, redundancy(), 'critical').decision).toBe('pass');
  });
});
