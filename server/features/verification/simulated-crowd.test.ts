import { describe, expect, it } from 'vitest';
import { simulateCrowd } from './fixtures/simulated-crowd';
import { ofKind } from './fixtures/simulated-state';
import { DRIFTS_AFTER, type Kind } from './fixtures/simulated-workers';

/** The full table, with intervals: `npm run bench:quality -- --only crowds`. */
const { workers, verified, right } = simulateCrowd(
  { honest: 30, sloppy: 0, spammer: 2, constant: 1, colluding: 3, copying: 0, drifting: 2 },
  140,
  1,
);

function shareOf(kind: Kind, what: 'rejected' | 'doubted'): number {
  const own = ofKind(workers, kind);
  const sum = (key: 'answers' | typeof what) => own.reduce((total, each) => total + each[key], 0);
  return sum(what) / sum('answers');
}

const firstOf = (kind: Kind, signal: string) =>
  ofKind(workers, kind).map(({ signals }) => signals[signal] ?? Number.POSITIVE_INFINITY);

describe('a mixed crowd through the six stages', () => {
  it('wrongs hardly anybody who is honest', () => {
    expect(shareOf('honest', 'rejected')).toBeLessThanOrEqual(0.005);
    expect(shareOf('honest', 'doubted')).toBeLessThan(0.02);
    expect(ofKind(workers, 'honest').filter(({ pausedAfter }) => pausedAfter !== null)).toEqual([]);
  });

  it('doubts those who answer at once, tests them more often, and pauses them', () => {
    expect(shareOf('spammer', 'doubted')).toBeGreaterThan(0.4);
    // For the first twenty answers there are no statistics.
    for (const { retestedAfter, pausedAfter } of ofKind(workers, 'spammer')) {
      expect(retestedAfter).toBeLessThan(40);
      expect(pausedAfter).not.toBeNull();
    }
  });

  it('finds rings, who always says the same, and who looks no more', () => {
    expect(Math.max(...firstOf('colluding', 'low_accuracy'))).toBeLessThan(100);
    expect(Math.max(...firstOf('constant', 'straight_lining'))).toBeLessThan(60);
    for (const answers of firstOf('drifting', 'low_accuracy')) {
      expect(answers).toBeGreaterThan(DRIFTS_AFTER);
      expect(answers).toBeLessThan(DRIFTS_AFTER + 65);
    }
  });

  it('gives outputs that are right more often than its average worker', () => {
    expect(verified).toBeGreaterThan(500);
    expect(right / verified).toBeGreaterThan(0.8);
  });
});
