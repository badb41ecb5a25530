import { describe, expect, it } from 'vitest';
import { QuizNumbers } from '@/server/features/settings/schema';
import { answersNeeded, quizStanding, type Try } from './quiz-state';

const HOUR = 60 * 60_000;
const NOW = Date.parse('2026-11-25T12:00:00Z');
const numbers = QuizNumbers.parse({});

/** An attempt that failed this many hours ago. */
const failed = (hoursAgo: number, over: Partial<Try> = {}): Try => ({
  status: 'failed',
  finishedAt: new Date(NOW - hoursAgo * HOUR),
  expiresAt: new Date(NOW - hoursAgo * HOUR),
  pardonedAt: null,
  ...over,
});
const underWay = (hoursLeft: number): Try => ({
  status: 'open',
  finishedAt: null,
  expiresAt: new Date(NOW + hoursLeft * HOUR),
  pardonedAt: null,
});

const stand = (tries: Try[], over: Partial<Parameters<typeof quizStanding>[0]> = {}) =>
  quizStanding({ held: undefined, golds: 10, tries, numbers, nowMs: NOW, ...over });

describe('where a worker stands with a quiz', () => {
  it.each([
    ['nothing tried', [], 'ready', 3, null],
    ['a try under way', [underWay(0.2)], 'open', 3, null],
    ['a failure an hour ago', [failed(1)], 'cooling', 2, 23],
    ['a failure 24 hours ago', [failed(24)], 'ready', 2, null],
    ['a second failure: the wait grows', [failed(100), failed(1)], 'cooling', 1, 71],
    ['a second failure three days ago', [failed(200), failed(72)], 'ready', 1, null],
    [
      'a third failure, however long ago',
      [failed(900), failed(500), failed(400)],
      'closed',
      0,
      null,
    ],
    ['a try that ran out unseen counts as failed then', [underWay(-1)], 'cooling', 2, 23],
    [
      'a pardoned failure does not count',
      [failed(1, { pardonedAt: new Date(NOW) })],
      'ready',
      3,
      null,
    ],
  ] as const)('%s', (_about, tries, state, triesLeft, hours) => {
    expect(stand([...tries])).toEqual({
      state,
      triesLeft,
      retryAt: hours === null ? null : new Date(NOW + hours * HOUR),
    });
  });

  it('is held, or paused, whatever was tried', () => {
    expect(stand([failed(1)], { held: { paused: false } }).state).toBe('held');
    expect(stand([failed(1)], { held: { paused: true } }).state).toBe('paused');
  });

  it('is free where there is too little to ask', () => {
    expect(stand([], { golds: 4 }).state).toBe('free');
    expect(stand([], { golds: 5 }).state).toBe('ready');
  });

  it('keeps to the last wait where there are more tries than waits', () => {
    const many = QuizNumbers.parse({ tries: 5, cooldownHours: [1, 2] });
    const tries = [failed(50), failed(40), failed(30), failed(1)];
    expect(stand(tries, { numbers: many })).toMatchObject({
      state: 'cooling',
      triesLeft: 1,
      retryAt: new Date(NOW + HOUR),
    });
  });

  it('takes four of five, six of seven, eight of ten at 80 %', () => {
    expect([5, 7, 10].map((total) => answersNeeded(total, 0.8))).toEqual([4, 6, 8]);
    expect([5, 10].map((total) => answersNeeded(total, 1))).toEqual([5, 10]);
    expect(answersNeeded(10, 0.7)).toBe(7);
  });
});
