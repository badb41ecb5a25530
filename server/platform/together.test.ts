import { describe, expect, it } from 'vitest';
import { atInstant, clock, useClock } from './clock';
import { together } from './together';

function counted(
  work: (items: readonly number[]) => number[] = (items) => items.map((n) => n * 2),
) {
  const calls: (readonly number[])[] = [];
  const run = together<number, number>(
    async (items) => {
      calls.push(items);
      return work(items);
    },
    { most: 3 },
  );
  return { calls, run };
}

describe('together', () => {
  it('does in one call what is asked in one turn, and gives each its own result', async () => {
    const { calls, run } = counted();
    expect(await Promise.all([run(1), run(2)])).toEqual([2, 4]);
    expect(calls).toEqual([[1, 2]]);
    expect(await run(1)).toBe(2);
    expect(calls).toHaveLength(2);
  });

  it('does as many at once as it may, the rest in further calls', async () => {
    const { calls, run } = counted();
    expect(await Promise.all([1, 2, 3, 4].map(run))).toEqual([2, 4, 6, 8]);
    expect(calls).toEqual([[1, 2, 3], [4]]);
  });

  it('lets the one at fault fail alone', async () => {
    const { run } = counted((items) => {
      if (items.includes(2)) throw new Error('two');
      return items.map((n) => n * 2);
    });
    const ends = await Promise.allSettled([1, 2, 3].map(run));
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it("is at no caller's instant", async () => {
    const restore = useClock({ nowMs: () => 5 });
    const run = together<number, number>(async (items) => items.map(() => clock.nowMs()));
    const standing = { organizationId: 'one', nowMs: 99 };
    expect(await atInstant(standing, () => run(1))).toBe(5);
    restore();
  });
});
