import { describe, expect, it } from 'vitest';
import { type Candidate, chanceInTime, fairness, rank, scoreOf } from './score';

const worker = (workerId: string, over: Partial<Candidate> = {}): Candidate => ({
  workerId,
  scriptSeat: null,
  onCall: false,
  reliability: 0.9,
  secondsMean: 60,
  open: 0,
  capacity: 1,
  idleSeconds: 600,
  ...over,
});

const needs = { remainingSeconds: 300, typicalSeconds: 60 };
const order = (...candidates: Candidate[]) => rank(candidates, needs).map((each) => each.workerId);

describe('who is chosen first', () => {
  it.each([
    ['the more reliable of two equals', worker('b', { reliability: 0.95 }), worker('a')],
    [
      'the faster when the time is short',
      worker('b', { secondsMean: 60 }),
      worker('a', { secondsMean: 400 }),
    ],
    [
      'the one who waited longer',
      worker('b', { idleSeconds: 600 }),
      worker('a', { idleSeconds: 5 }),
    ],
    [
      'a newcomer before one who just had a turn',
      worker('b', { idleSeconds: null }),
      worker('a', { idleSeconds: 0 }),
    ],
    ['the one with less under way', worker('b'), worker('a', { open: 3, capacity: 5 })],
    [
      'a worker on call before a better one',
      worker('b', { onCall: true, reliability: 0.2 }),
      worker('a', { reliability: 1 }),
    ],
    [
      'the better of two on call',
      worker('b', { onCall: true }),
      worker('a', { onCall: true, reliability: 0.3 }),
    ],
  ])('%s', (_why, first, second) => {
    expect(order(first, second)).toEqual(['b', 'a']);
    expect(order(second, first)).toEqual(['b', 'a']);
  });

  it('is the same for the same candidates, whatever their order', () => {
    const twins = [worker('c'), worker('a'), worker('b')];
    expect(order(...twins)).toEqual(['a', 'b', 'c']);
    expect(order(...twins.toReversed())).toEqual(['a', 'b', 'c']);
  });
});

describe('the parts of a score', () => {
  it('gives an even chance where the expected time is exactly what remains', () => {
    expect(chanceInTime(worker('a', { secondsMean: 300 }), needs)).toBeCloseTo(0.5, 10);
  });

  it('expects the type’s time of a worker without history', () => {
    const newcomer = worker('a', { secondsMean: null });
    expect(chanceInTime(newcomer, needs)).toBe(chanceInTime(worker('a'), needs));
  });

  it('never leaves 0 to 1 for workers not on call, even when the time is out', () => {
    const late = { remainingSeconds: -5, typicalSeconds: 60 };
    const score = scoreOf(worker('a'), late);
    expect(score).toBeGreaterThanOrEqual(0);
    expect(score).toBeLessThan(0.001);
    expect(scoreOf(worker('a', { reliability: 1, idleSeconds: null }), needs)).toBeLessThanOrEqual(
      1,
    );
  });

  it('halves the turn of whoever had one a moment ago', () => {
    expect(fairness(worker('a', { idleSeconds: 0 }))).toBe(0.5);
    expect(fairness(worker('a', { idleSeconds: 300 }))).toBe(0.75);
    expect(fairness(worker('a', { idleSeconds: 9_999 }))).toBe(1);
  });
});
