import { afterAll, beforeAll, vi } from 'vitest';

/**
 * Lets timers of this file's tests go off `times` sooner than they were set for, and the clock run
 * as much faster, so that back-off need not be slept. What was waited for is what was asked for.
 * @returns the delays that timers were set for, in milliseconds.
 */
export function fastClock(times: number): number[] {
  const delays: number[] = [];
  beforeAll(() => {
    const { setTimeout: set } = globalThis;
    const { now } = Date;
    const startMs = now();
    vi.spyOn(Date, 'now').mockImplementation(() => startMs + (now() - startMs) * times);
    vi.spyOn(globalThis, 'setTimeout').mockImplementation(((
      run: (...args: unknown[]) => void,
      delayMs = 0,
      ...args: unknown[]
    ) => {
      delays.push(delayMs);
      return set(run, delayMs / times, ...args);
    }) as typeof setTimeout);
  });
  afterAll(() => {
    vi.restoreAllMocks();
  });
  return delays;
}
