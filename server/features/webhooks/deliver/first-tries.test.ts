import { describe, expect, it } from 'vitest';
import { createTryQueue, type NewDelivery } from './first-tries';

const to = (host: string, n: number): NewDelivery[] =>
  Array.from({ length: n }, (_, i) => ({
    ...{ id: `${host}-${i}`, url: `https://${host}/hook`, attemptCount: 0 },
  }));

/** A queue whose attempts end when the test says so. */
function heldQueue() {
  const open = new Map<string, { end: () => void; fail: () => void }>();
  const queue = createTryQueue(
    ({ id }) =>
      new Promise<void>((resolve, reject) => {
        open.set(id, { end: resolve, fail: () => reject(new Error('broken')) });
      }),
  );
  return { queue, open };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('first tries in a process', () => {
  it('ten at once to one host, which leaves room for others', () => {
    const { queue, open } = heldQueue();
    queue.push(to('slow.example', 25));
    queue.push(to('fast.example', 3));
    const begun = [...open.keys()];
    expect(begun.filter((id) => id.startsWith('slow'))).toHaveLength(10);
    expect(begun.filter((id) => id.startsWith('fast'))).toHaveLength(3);
  });

  it('the next one begins as soon as one has ended, however it ended', async () => {
    const { queue, open } = heldQueue();
    queue.push(to('slow.example', 12));
    open.get('slow.example-0')?.end();
    open.get('slow.example-1')?.fail();
    await settled();
    expect([...open.keys()].slice(10)).toEqual(['slow.example-10', 'slow.example-11']);
  });

  it('a hundred at once in all', () => {
    const { queue, open } = heldQueue();
    for (let n = 0; n < 15; n++) queue.push(to(`host-${n}.example`, 10));
    expect(open.size).toBe(100);
  });
});
