import { describe, expect, it } from 'vitest';
import { generatedCrowd } from '../fixtures/generated-crowd';
import { pick } from '../fixtures/random-values';
import { classPriorByVotes } from './class-prior';
import type { EvidenceCell, FacetEvidence } from './evidence-facts';
import { countGolds, naiveBayes, UNKNOWN, workerModel } from './gold-naive-bayes';
import { voteOnLabels, voteOnOpenLabels } from './label-vote';
import { seededRandom, shuffled } from './seeded-random';
import { voteTable } from './vote-table';

const random = seededRandom(7);

function cellsOf(k: number, golds: number, accuracy: number): EvidenceCell[] {
  return Array.from({ length: golds }, () => {
    const truth = Math.floor(random() * k);
    const said = random() < accuracy ? truth : Math.floor(random() * k);
    return { truth, said, weight: 1, squaredError: 0 };
  });
}

function evidenceOf(voters: Record<string, EvidenceCell[]>, classPrior?: number[]): FacetEvidence {
  const all = Object.values(voters).flat();
  const right = all.reduce(
    (sum, { truth, said, weight }) => sum + (truth === said ? weight : 0),
    0,
  );
  const total = all.reduce((sum, { weight }) => sum + weight, 0);
  const pool = { total, right, squaredError: 0 };
  return { pool, voters, ...(classPrior ? { classPrior } : {}) };
}

/** Votes of up to nine workers, each with golds or without. */
function someVote(k: number) {
  const workers = Array.from({ length: 1 + Math.floor(random() * 9) }, (_, w) => `w${w}`);
  const votes = workers.map((workerId) => ({ workerId, label: Math.floor(random() * k) }));
  const golds = pick([0, 3, 12, 40], random);
  const evidence = evidenceOf(
    Object.fromEntries(workers.map((worker) => [worker, cellsOf(k, golds, random())])),
    Array.from({ length: k }, (_, j) => (2 * (j + 1)) / (k * (k + 1))),
  );
  return { votes, evidence };
}

describe('a vote among labels', () => {
  it('gives probabilities, and a winner that somebody said, in any order of the ballots', () => {
    for (let i = 0; i < 400; i++) {
      const k = 2 + Math.floor(random() * 5);
      const { votes, evidence } = someVote(k);
      for (const hold of [voteOnLabels, voteOnOpenLabels]) {
        const one = hold(votes, k, evidence);
        expect(one.posterior.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 10);
        expect(Math.min(...one.posterior)).toBeGreaterThanOrEqual(0);
        expect(votes.map(({ label }) => label)).toContain(one.winner);
        const other = hold(shuffled(votes, random), k, evidence);
        expect({ winner: other.winner, tie: other.tie }).toEqual({
          winner: one.winner,
          tie: one.tie,
        });
        for (const [j, p] of one.posterior.entries()) expect(other.posterior[j]).toBeCloseTo(p, 10);
      }
    }
  });

  it('is the majority exactly where there are no golds, whatever the shares of the classes', () => {
    for (let i = 0; i < 300; i++) {
      const k = 2 + Math.floor(random() * 4);
      const { votes } = someVote(k);
      const counts = Array.from(
        { length: k },
        (_, j) => votes.filter(({ label }) => label === j).length,
      );
      const top = Math.max(...counts);
      const { winner, tie } = voteOnLabels(votes, k, evidenceOf({}, [0.9, 0.1]));
      expect(counts[winner]).toBe(top);
      expect(tie).toBe(counts.filter((count) => count === top).length > 1);
    }
  });

  it('never gives a worker less weight for one more gold answered right', () => {
    for (let i = 0; i < 200; i++) {
      const k = 2 + Math.floor(random() * 4);
      const truth = Math.floor(random() * k);
      const mine = cellsOf(k, Math.floor(random() * 30), random());
      const others = cellsOf(k, 20, 0.8);
      const withMore = (more: number) => {
        const right = { truth, said: truth, weight: 1, squaredError: 0 };
        const evidence = evidenceOf({
          me: [...mine, ...Array.from({ length: more }, () => right)],
          other: others,
        });
        // Only the vote's contribution counts: the pool is fixed, because it is shared.
        const pool = evidenceOf({ me: mine, other: others }).pool;
        const votes = [{ workerId: 'me', label: truth }];
        return voteOnLabels(votes, k, { ...evidence, pool }).posterior[truth] ?? 0;
      };
      // With five golds per voter the model switches from one accuracy to a matrix.
      const first = mine.length < 5 ? 5 - mine.length : 0;
      expect(withMore(first + 1)).toBeGreaterThanOrEqual(withMore(first) - 1e-12);
      if (first > 1) expect(withMore(1)).toBeGreaterThanOrEqual(withMore(0) - 1e-12);
    }
  });

  it('follows a worker’s own errors from five golds a voter on', () => {
    // Always says 1, so that 0 is informative and 1 is not.
    const always = (golds: number) =>
      evidenceOf({
        yes: Array.from({ length: golds }, (_, i) => ({
          truth: i % 2,
          said: 1,
          weight: 1,
          squaredError: 0,
        })),
      });
    const vote = (label: number, golds: number) =>
      voteOnLabels([{ workerId: 'yes', label }], 2, always(golds)).posterior[label] ?? 0;
    expect(vote(1, 4)).toBeCloseTo(vote(0, 4), 12);
    expect(vote(0, 40)).toBeGreaterThan(vote(1, 40));
  });

  it('takes a vote at chance for nothing where labels are open', () => {
    const wrong = Array.from({ length: 50 }, () => ({
      truth: 0,
      said: 1,
      weight: 1,
      squaredError: 0,
    }));
    const evidence = evidenceOf({ bad: wrong });
    const { posterior } = voteOnOpenLabels([{ workerId: 'bad', label: 0 }], 10, evidence);
    expect(posterior[0]).toBeCloseTo(0.1, 10);
  });
});

describe('a crowd of which a third of the tasks are golds', () => {
  it.each(['generated-pairs', 'generated-leaning', 'generated-scale'])(
    'is decided as by naive Bayes over the whole table: %s',
    (name) => {
      const { votes, truth, labels } = generatedCrowd(name);
      const table = voteTable(votes, labels);
      const known = Int32Array.from(table.tasks, (task, t) =>
        t % 3 === 0 ? labels.indexOf(truth.get(task) ?? '') : UNKNOWN,
      );
      const counts = countGolds(table, known);
      const model = workerModel(counts);
      const classPrior = classPriorByVotes(table, model, 10);
      const whole = naiveBayes(table, model, classPrior);
      const k = labels.length;
      const voters: Record<string, EvidenceCell[]> = {};
      for (const [w, worker] of table.workers.entries()) {
        voters[worker] = Array.from({ length: k * k }, (_, cell) => ({
          truth: Math.floor(cell / k),
          said: cell % k,
          weight: counts.said[w * k * k + cell] ?? 0,
          squaredError: 0,
        }));
      }
      const evidence = evidenceOf(voters, [...classPrior]);
      const right = { live: 0, whole: 0, tasks: 0 };
      for (const [t, task] of table.tasks.entries()) {
        if (known[t] !== UNKNOWN) continue;
        const cast = votes
          .filter((vote) => vote.task === task)
          .map(({ worker, label }) => ({ workerId: worker, label: labels.indexOf(label) }));
        const best = labels.indexOf(truth.get(task) ?? '');
        const row = [...whole.subarray(t * k, (t + 1) * k)];
        right.tasks += 1;
        if (voteOnLabels(cast, k, evidence).winner === best) right.live += 1;
        if (row.indexOf(Math.max(...row)) === best) right.whole += 1;
      }
      expect(right.live).toBeGreaterThanOrEqual(right.whole - 0.01 * right.tasks);
    },
  );
});
