import { describe, expect, it } from 'vitest';
import { CROWD_SETS_PRESENT, crowdSet } from '../fixtures/crowd-sets';
import { generatedCrowd } from '../fixtures/generated-crowd';
import { chooseAlgorithm, needMoreVotes } from './adaptive';
import { cohenKappa, krippendorffAlpha } from './agreement';
import { calibrationOf } from './calibration';

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
});

describe('buying votes', () => {
  const three = { minVotes: 3, maxVotes: 5, targetConfidence: 0.95 };
  const count = { accepted: 3, votesRemaining: 2, confidence: 0.97, tie: false };

  it.each([
    ['sure and enough votes', count, 'high', 'pass'],
    [
      'sure but below the minimum',
      { ...count, accepted: 2, votesRemaining: 3 },
      'high',
      'need_vote',
    ],
    ['unsure with votes left', { ...count, confidence: 0.9 }, 'high', 'need_vote'],
    [
      'unsure at the end, high',
      { ...count, accepted: 5, votesRemaining: 0, confidence: 0.9 },
      'high',
      'need_review',
    ],
    [
      'unsure at the end, medium',
      { ...count, accepted: 5, votesRemaining: 0, confidence: 0.9 },
      'medium',
      'pass',
    ],
    [
      'tied at the end, low',
      { ...count, accepted: 5, votesRemaining: 0, confidence: 0.5, tie: true },
      'low',
      'need_review',
    ],
    [
      'unsure when money is out, critical',
      { ...count, votesRemaining: 0, confidence: 0.9 },
      'critical',
      'need_review',
    ],
  ] as const)('%s', (_, given, tier, decision) => {
    expect(needMoreVotes(given, three, tier).decision).toBe(decision);
  });

  it('passes a single vote of a task that allows only one', () => {
    const one = { minVotes: 1, maxVotes: 1, targetConfidence: 0.99 };
    const given = { accepted: 1, votesRemaining: 0, confidence: 0.4, tie: false };
    expect(needMoreVotes(given, one, 'critical').decision).toBe('pass');
  });
});

describe('the algorithm of a type', () => {
  const better = { goldWeighted: 0.88, dawidSkene: 0.9 };
  it('is Dawid–Skene only with max(10, k²) answers a worker and a win on held-out gold', () => {
    expect(chooseAlgorithm(2, 10, better)).toBe('dawid_skene');
    expect(chooseAlgorithm(2, 9, better)).toBe('gold_weighted');
    expect(chooseAlgorithm(5, 24, better)).toBe('gold_weighted');
    expect(chooseAlgorithm(5, 25, better)).toBe('dawid_skene');
    expect(chooseAlgorithm(2, 50, { goldWeighted: 0.9, dawidSkene: 0.9 })).toBe('gold_weighted');
    expect(chooseAlgorithm(2, 50, null)).toBe('gold_weighted');
  });
});
