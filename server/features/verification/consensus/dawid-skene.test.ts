import { describe, expect, it } from 'vitest';
import { anaesthetistVotes } from '../fixtures/dawid-skene-1979';
import { fitDawidSkene } from './dawid-skene';
import { seededRandom, shuffled } from './seeded-random';
import { voteTable } from './vote-table';

function rounded(values: Iterable<number>): number[] {
  return [...values].map((value) => Number(value.toFixed(4)));
}

function likeliest(posterior: Float64Array, labels: readonly string[]): string[] {
  return Array.from({ length: posterior.length / labels.length }, (_, t) => {
    const row = [...posterior.subarray(t * labels.length, (t + 1) * labels.length)];
    return labels[row.indexOf(Math.max(...row))] ?? '';
  });
}

describe('Dawid–Skene reproduces the example of the 1979 paper', () => {
  const table = voteTable(anaesthetistVotes);
  const fit = fitDawidSkene(table, { prior: 'none', tolerance: 1e-11 });

  it('converges in 24 rounds', () => {
    expect(table.tasks).toHaveLength(45);
    expect(table.task).toHaveLength(315);
    expect(fit.converged).toBe(true);
    expect(fit.rounds).toBe(24);
  });

  it('finds the class marginals', () => {
    expect(rounded(fit.classMarginals)).toEqual([0.3996, 0.422, 0.1118, 0.0667]);
  });

  it("finds the first observer's error rates", () => {
    expect(rounded(fit.confusion.subarray(0, 16))).toEqual([
      0.8895, 0.1105, 0, 0, 0.0706, 0.8764, 0.053, 0, 0, 0.3388, 0.6612, 0, 0, 0, 0.5556, 0.4444,
    ]);
  });

  it('reaches the log-likelihood', () => {
    expect(fit.logLikelihood).toBeCloseTo(-192.8909, 4);
  });

  it('labels the 45 patients', () => {
    expect(likeliest(fit.posterior, table.labels).join('')).toBe(
      '142222132243121111222222112111131224233111212',
    );
  });
});

describe('Dawid–Skene does not depend on how the votes are written down', () => {
  it('gives every task the same posterior whatever the order of the votes', () => {
    const table = voteTable(anaesthetistVotes);
    const fit = fitDawidSkene(table, { prior: 'diagonal' });
    for (let seed = 1; seed <= 5; seed++) {
      const other = voteTable(shuffled(anaesthetistVotes, seededRandom(seed)));
      const again = fitDawidSkene(other, { prior: 'diagonal' });
      for (const [t, task] of table.tasks.entries()) {
        const row = rounded(fit.posterior.subarray(t * 4, t * 4 + 4));
        const u = other.tasks.indexOf(task);
        expect(rounded(again.posterior.subarray(u * 4, u * 4 + 4))).toEqual(row);
      }
    }
  });

  it('never lowers the likelihood from round to round', () => {
    const table = voteTable(anaesthetistVotes);
    let former = Number.NEGATIVE_INFINITY;
    for (let maxRounds = 1; maxRounds <= 24; maxRounds++) {
      const { logLikelihood } = fitDawidSkene(table, { prior: 'none', maxRounds, tolerance: 0 });
      expect(logLikelihood).toBeGreaterThanOrEqual(former - 1e-9);
      former = logLikelihood;
    }
  });

  it('stays finite where a product of probabilities would underflow', () => {
    const votes = Array.from({ length: 4_000 }, (_, i) => ({
      task: 't',
      worker: `w${i}`,
      label: i % 3 === 0 ? '0' : '1',
    }));
    const fit = fitDawidSkene(voteTable(votes), { prior: 'diagonal' });
    expect(fit.posterior[0] ?? 0).toBeCloseTo(0, 9);
    expect(fit.posterior[1] ?? 0).toBeCloseTo(1, 9);
    expect(Number.isFinite(fit.logLikelihood)).toBe(true);
  });
});
