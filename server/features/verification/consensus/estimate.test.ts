import { describe, expect, it } from 'vitest';
import { generatedCrowd } from '../fixtures/generated-crowd';
import { calibrate, fitCalibrator } from './calibrator';
import { classPriorByVotes, classPriorOfGolds } from './class-prior';
import { digamma } from './digamma';
import { estimate } from './estimate';
import { countGolds, naiveBayes, UNKNOWN, workerModel } from './gold-naive-bayes';
import { seededRandom, shuffled } from './seeded-random';
import { voteShares, voteTable } from './vote-table';

const { votes, truth, labels } = generatedCrowd('generated-pairs');
const table = voteTable(votes, labels);
const golds = new Set(shuffled([...truth.keys()], seededRandom(1)).slice(0, truth.size / 10));
const known = Int32Array.from(table.tasks, (task) =>
  golds.has(task) ? labels.indexOf(truth.get(task) ?? '') : UNKNOWN,
);
const random = () => seededRandom(1);

describe('gold naive Bayes', () => {
  it('without golds is the majority exactly, whatever the class prior by votes', () => {
    const counts = countGolds(
      table,
      known.map(() => UNKNOWN),
    );
    const model = workerModel(counts);
    const prior = classPriorByVotes(table, model, 0);
    expect([...prior]).toEqual(labels.map(() => 1 / labels.length));
    const posterior = naiveBayes(table, model, prior);
    const shares = voteShares(table);
    for (let t = 0; t < table.tasks.length; t++) {
      const [a = 0, b = 0] = shares.subarray(t * 2, t * 2 + 2);
      const [p = 0, q = 0] = posterior.subarray(t * 2, t * 2 + 2);
      expect(Math.round((p - q) * 1e9) * (a - b)).toBeGreaterThanOrEqual(0);
      if (a === b) expect(p).toBeCloseTo(q, 9);
    }
  });

  it('gives a worker of no golds the pool’s accuracy, and the pool at least more than chance', () => {
    const model = workerModel(countGolds(table, known));
    for (const [w, n] of model.golds.entries())
      if (n === 0) expect(model.accuracy[w]).toBe(model.poolAccuracy);
    const wrong = workerModel({
      labelCount: 2,
      said: Float64Array.from([0, 50, 50, 0]),
      truths: Float64Array.from([50, 50]),
    });
    expect(wrong.poolAccuracy).toBe(0.55);
  });

  it('finds the shares of classes by golds, and more carefully by votes', () => {
    expect([
      ...classPriorOfGolds({
        labelCount: 2,
        said: new Float64Array(4),
        truths: Float64Array.from([8, 0]),
      }),
    ]).toEqual([0.9, 0.1]);
    const model = workerModel(countGolds(table, known));
    const [first = 0, second = 0] = classPriorByVotes(table, model, 5);
    expect(first + second).toBeCloseTo(1, 12);
  });
});

describe('an estimate', () => {
  it.each(['majority', 'weighted', 'gnb', 'ds', 'ebcc', 'auto'] as const)(
    'by %s is a distribution for every task, the same each time',
    (method) => {
      const one = estimate(method, { table, truth: known, random });
      expect(estimate(method, { table, truth: known, random }).posterior).toEqual(one.posterior);
      for (let t = 0; t < table.tasks.length; t++) {
        const row = one.posterior.subarray(t * labels.length, (t + 1) * labels.length);
        expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
        expect(Math.min(...row)).toBeGreaterThanOrEqual(0);
      }
    },
  );

  it('by all methods is better than the majority', () => {
    const right = (posterior: Float64Array) =>
      table.tasks.filter((task, t) => {
        const row = [...posterior.subarray(t * 2, t * 2 + 2)];
        return labels[row.indexOf(Math.max(...row))] === truth.get(task);
      }).length;
    const { posterior, weights } = estimate('auto', { table, truth: known, random });
    expect(right(posterior)).toBeGreaterThan(right(voteShares(table)) + truth.size * 0.03);
    expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  it('of a table without votes, or of one label, is still a distribution', () => {
    const empty = estimate('auto', {
      table: voteTable([], ['a', 'b']),
      truth: new Int32Array(),
      random,
    });
    expect(empty.posterior).toHaveLength(0);
    const one = voteTable([{ task: 't', worker: 'w', label: 'a' }]);
    const sole = estimate('auto', { table: one, truth: Int32Array.from([UNKNOWN]), random });
    expect([...sole.posterior]).toEqual([1]);
  });
});

describe('the calibrator', () => {
  it('takes back what labelled tasks do not bear out, and keeps the order of the labels', () => {
    const sure = { posterior: [0.98, 0.02], truth: 0 };
    const wrong = { posterior: [0.98, 0.02], truth: 1 };
    const often = fitCalibrator(
      Array.from({ length: 200 }, (_, i) => (i % 4 === 0 ? wrong : sure)),
    );
    const [stated = 0] = calibrate([0.98, 0.02], often);
    expect(stated).toBeGreaterThan(0.7);
    expect(stated).toBeLessThan(0.8);
    const always = fitCalibrator(Array.from({ length: 200 }, () => sure));
    expect(calibrate([0.98, 0.02], always)[0]).toBeGreaterThan(0.95);
    for (const p of [0.01, 0.3, 0.5, 0.9, 1]) {
      const [a = 0, b = 0] = calibrate([p, 1 - p], often);
      expect(a + b).toBeCloseTo(1, 9);
      expect(Math.sign(Math.round((a - b) * 1e9))).toBe(Math.sign(Math.round((2 * p - 1) * 1e9)));
    }
  });
});

it('digamma has twelve digits', () => {
  expect(digamma(1)).toBeCloseTo(-0.577215664901533, 12);
  expect(digamma(0.1)).toBeCloseTo(-10.423754940411076, 11);
  expect(digamma(10)).toBeCloseTo(2.251752589066721, 12);
});
