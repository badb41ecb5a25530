import { afterEach, beforeEach } from 'vitest';
import { useClock } from '@/server/platform/clock';
import { createTestClock, type TestClock } from './test-clock';

/**
 * The clock of a file's tests: starts at the current time in each test, and moves only when
 * advanced.
 */
export function useTestClock(): TestClock {
  let time: TestClock;
  let restore: () => void;
  beforeEach(() => {
    time = createTestClock(Date.now());
    restore = useClock(time);
  });
  afterEach(() => restore());
  return {
    nowMs: () => time.nowMs(),
    set: (nowMs) => time.set(nowMs),
    advanceMs: (ms) => time.advanceMs(ms),
  };
}
