import { describe, expect, it } from 'vitest';
import { atInstant, clock, useClock } from './clock';
import type { Tx } from './db';
import { together, togetherIn } from './together';

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

  it('has what is asked meanwhile wait for the next call, where only so many may go at once', async () => {
    const calls: (readonly number[])[] = [];
    const ends: (() => void)[] = [];
    const run = together<number, number>(
      async (items) => {
        calls.push(items);
        await new Promise<void>((resolve) => ends.push(resolve));
        if (items.includes(2)) throw new Error('two');
        return items;
      },
      { atOnce: 1 },
    );
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    const first = run(1);
    await turn();
    const second = run(2);
    await turn();
    const third = run(3).catch(() => 0);
    await turn();
    expect(calls).toEqual([[1]]);
    ends.shift()?.();
    expect(await first).toBe(1);
    await turn();
    expect(calls).toEqual([[1], [2, 3]]);
    // Each is then retried individually.
    for (const end of ends.splice(0)) end();
    await turn();
    expect(calls).toEqual([[1], [2, 3], [2], [3]]);
    for (const end of ends.splice(0)) end();
    await expect(second).rejects.toThrow('two');
    expect(await third).toBe(3);
  });

  it('never has two of one key in a call, and does them in their order', async () => {
    const calls: (readonly string[])[] = [];
    const run = together<string, string>(
      async (items) => {
        calls.push(items);
        if (items.includes('a1')) throw new Error('a1');
        return items;
      },
      { keyOf: (item) => item.charAt(0) },
    );
    const ends = await Promise.allSettled(['a1', 'b1', 'a2', 'a3', 'b2'].map(run));
    expect(calls).toEqual([['a1', 'b1'], ['a1'], ['b1'], ['a2', 'b2'], ['a3']]);
    expect(ends.map((end) => (end.status === 'fulfilled' ? end.value : 'failed'))).toEqual([
      'failed',
      'b1',
      'a2',
      'a3',
      'b2',
    ]);
  });

  it('waits for what comes later, where it is told to', async () => {
    const calls: (readonly number[])[] = [];
    const run = together<number, number>(
      async (items) => {
        calls.push(items);
        return items;
      },
      { waitMs: 20 },
    );
    const first = run(1);
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(await Promise.all([first, run(2)])).toEqual([1, 2]);
    expect(calls).toEqual([[1, 2]]);
  });

  it('has a call to itself for what is to be alone', async () => {
    const calls: (readonly number[])[] = [];
    const run = together<number, number>(
      async (items) => {
        calls.push(items);
        if (items.includes(30)) throw new Error('thirty');
        return items.map((n) => n * 2);
      },
      { alone: (n) => n > 9 },
    );
    const ends = await Promise.allSettled([1, 20, 2, 30].map(run));
    expect(calls).toEqual([[20], [30], [1, 2]]);
    const values = ends.map((end) => (end.status === 'fulfilled' ? end.value : 'failed'));
    expect(values).toEqual([2, 40, 4, 'failed']);
  });

  it("is at no caller's instant", async () => {
    const restore = useClock({ nowMs: () => 5 });
    const run = together<number, number>(async (items) => items.map(() => clock.nowMs()));
    const standing = { organizationId: 'one', nowMs: 99 };
    expect(await atInstant(standing, () => run(1))).toBe(5);
    restore();
  });
});

describe('together in a transaction', () => {
  const one = {} as Tx;
  const other = {} as Tx;

  it('does in one call what is asked of it in one turn there, and apart what is asked elsewhere', async () => {
    const calls: [Tx, readonly number[]][] = [];
    const run = togetherIn<number, number>(async (tx, items) => {
      calls.push([tx, items]);
      return items.map((n) => n * 2);
    });
    expect(await Promise.all([run(one, 1), run(other, 2), run(one, 3)])).toEqual([2, 4, 6]);
    expect(calls.map(([tx, items]) => [tx === one, items])).toEqual([
      [true, [1, 3]],
      [false, [2]],
    ]);
  });

  it('fails for all who share it, with what was at fault, and tries nothing again', async () => {
    let calls = 0;
    const run = togetherIn<number, number>(async () => {
      calls += 1;
      throw new Error('two');
    });
    const ends = await Promise.allSettled([run(one, 1), run(one, 2)]);
    expect(ends.map((end) => end.status === 'rejected' && end.reason.message)).toEqual([
      'two',
      'two',
    ]);
    expect(calls).toBe(1);
  });
});
