import { describe, expect, it } from 'vitest';
import { blame, summary } from './outcome';

describe('the outcome of a test run', () => {
  it('counts a failure when the runner fails although every test passed', () => {
    expect(blame({ passed: 3, failed: 0, skipped: 0 }, 1).failed).toBe(1);
  });

  it('counts a failure when no test was found', () => {
    expect(blame({ passed: 0, failed: 0, skipped: 0 }, 0).failed).toBe(1);
  });

  it('leaves a run alone whose failures are counted already', () => {
    expect(blame({ passed: 3, failed: 2, skipped: 1 }, 1)).toEqual({
      passed: 3,
      failed: 2,
      skipped: 1,
    });
  });

  it('is said in one line, skipped tests only where there are any', () => {
    expect(summary({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(summary({ passed: 3, failed: 0, skipped: 2 })).toBe('3 passed, 0 failed, 2 skipped');
  });
});
