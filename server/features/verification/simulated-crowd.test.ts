import { describe, expect, it } from 'vitest';
import { ofKind, simulateCrowd } from './fixtures/simulated-crowd';
import type { Kind } from './fixtures/simulated-workers';

/** The whole table, with intervals, is `npm run bench:quality -- --only crowds`. */
const { workers, verified, right } = simulateCrowd(
  { honest: 12, sloppy: 2, spammer: 4, colluding: 3, drifting: 2 },
  100,
  1,
);

function shareOf(kind: Kind, what: 'rejected' | 'doubted'): number {
  const own = ofKind(workers, kind);
  const sum = (key: 'answers' | typeof what) => own.reduce((total, each) => total + each[key], 0);
  return sum(what) / sum('answers');
}

describe('a mixed crowd through the six stages', () => {
  it('wrongs hardly anybody who is honest', () => {
    expect(shareOf('honest', 'rejected')).toBeLessThanOrEqual(0.005);
    expect(shareOf('honest', 'doubted')).toBeLessThan(0.02);
    expect(ofKind(workers, 'honest').filter(({ pausedAfter }) => pausedAfter !== null)).toEqual([]);
  });

  it('doubts those who answer at once far more often', () => {
    expect(shareOf('spammer', 'doubted')).toBeGreaterThan(0.1);
  });

  it('gives outputs that are right more often than its average worker', () => {
    expect(verified).toBeGreaterThan(500);
    expect(right / verified).toBeGreaterThan(0.8);
  });
});
