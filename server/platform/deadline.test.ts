import { describe, expect, it } from 'vitest';
import { withDeadline } from './deadline';

describe('withDeadline', () => {
  it('ends in time though the work never settles, and aborts it', async () => {
    const signals: AbortSignal[] = [];
    const lost = withDeadline(20, (signal) => {
      signals.push(signal);
      return new Promise<never>(() => undefined);
    });
    await expect(lost).rejects.toThrow('No response within 0.02 s.');
    expect(signals.map((signal) => signal.aborted)).toEqual([true]);
  });

  it('gives what the work gives or throws', async () => {
    expect(await withDeadline(1_000, async () => 'done')).toBe('done');
    await expect(withDeadline(1_000, () => Promise.reject(new Error('broken')))).rejects.toThrow(
      'broken',
    );
  });
});
