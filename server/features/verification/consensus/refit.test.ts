import { describe, expect, it } from 'vitest';
import { scoreOf } from '../fixtures/adaptive-votes';
import { generatedCrowd } from '../fixtures/generated-crowd';
import { withGolds } from '../fixtures/voted-crowd';
import { UNKNOWN } from './gold-naive-bayes';
import { voteOnLabels } from './label-vote';
import { LABELLED_MIN, refitFacet } from './refit';
import { seededRandom, shuffled } from './seeded-random';
import { voteTable } from './vote-table';

/** A subset of a crowd's votes, and the truth of a share of its tasks. */
function told(name: string, share: number) {
  const { votes, truth, labels } = generatedCrowd(name);
  const table = voteTable(
    votes.filter((_, v) => v % 3 === 0),
    labels,
  );
  const order = shuffled([...truth.keys()], seededRandom(3));
  const known = new Set(order.slice(0, Math.round(order.length * share)));
  const places = Int32Array.from(table.tasks, (task) =>
    known.has(task) ? labels.indexOf(truth.get(task) ?? '') : UNKNOWN,
  );
  return { table, truth: places };
}

const leaning = told('generated-leaning', 0.4);
const refit = refitFacet(leaning.table, leaning.truth);
const models = refit?.models ?? undefined;

describe('a refit', () => {
  it('weighs models by labels that they were not told, and judges better by them', () => {
    const { gnb = 0, ds = 0, ebcc = 0 } = refit?.weights ?? {};
    expect(gnb + ds + ebcc).toBeCloseTo(1, 12);
    expect(ds + ebcc).toBeGreaterThan(0.5);
    expect(Math.max(refit?.scores.ds ?? 0, refit?.scores.ebcc ?? 0)).toBeGreaterThan(
      refit?.scores.gnb ?? 0,
    );
    const { tasks, k, evidence } = withGolds(generatedCrowd('generated-leaning'), seededRandom(1));
    const right = (with_: typeof evidence) =>
      tasks.reduce((sum, task) => sum + scoreOf(task, k, with_), 0) / tasks.length;
    expect(right({ ...evidence, ...(models ? { models } : {}) })).toBeGreaterThan(
      right(evidence) + 0.03,
    );
  });

  it('leaves naive Bayes alone with few labels', () => {
    const { table, truth } = leaning;
    let left = LABELLED_MIN - 1;
    const few = truth.map((label) => (label !== UNKNOWN && left-- > 0 ? label : UNKNOWN));
    expect(refitFacet(table, few)).toBeNull();
    expect(refit?.labelled).toBe(48);
  });

  it('takes workers it has not seen from the prior: each vote weighs the same', () => {
    if (!models) throw new Error('The models weigh nothing.');
    const known = { weights: { gnb: 0, ds: 0.5, ebcc: 0.5 }, workers: {} };
    const evidence = {
      pool: { total: 0, right: 0, squaredError: 0 },
      voters: {},
      models: { ...models, ...known },
    };
    const votes = [0, 1, 1].map((label, i) => ({ workerId: `new${i}`, label }));
    const { winner, posterior } = voteOnLabels(votes, 2, evidence);
    expect(winner).toBe(1);
    expect(posterior.reduce((sum, q) => sum + q, 0)).toBeCloseTo(1, 12);
  });

  it('is judged by at the speed of a judgement', () => {
    const votes = [0, 1, 1, 0, 1].map((label, i) => ({ workerId: `w${i}`, label }));
    const pool = { total: 0, right: 0, squaredError: 0 };
    const evidence = { pool, voters: {}, ...(models ? { models } : {}) };
    const times = Array.from({ length: 200 }, () => {
      const start = performance.now();
      for (let field = 0; field < 5; field++) voteOnLabels(votes, 2, evidence);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(1);
  });
});
