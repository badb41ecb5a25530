import type { Clock } from '@/server/platform/clock';

/** A clock that moves only when advanced; times are milliseconds since the epoch. */
export interface TestClock extends Clock {
  /** Sets the time; never backwards, because nothing in the product expects that. */
  set(nowMs: number): void;
  advanceMs(ms: number): void;
}

/** A test clock that starts at `startMs`, by default a fixed Wednesday noon in UTC. */
export function createTestClock(startMs = Date.UTC(2026, 0, 14, 12)): TestClock {
  let current = startMs;
  return {
    nowMs: () => current,
    set(nowMs) {
      if (nowMs < current) {
        throw new RangeError(`The test clock cannot go back from ${current} to ${nowMs}.`);
      }
      current = nowMs;
    },
    advanceMs(ms) {
      this.set(current + ms);
    },
  };
}
