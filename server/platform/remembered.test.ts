import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { useClock } from './clock';
import { forgetAllRemembered, remembered } from './remembered';

/** A source whose reads are settled by the test. */
function source() {
  const reads: { arg: string; give: (value: string) => void; fail: (error: Error) => void }[] = [];
  const read = (arg: string) =>
    new Promise<string>((resolve, reject) => {
      reads.push({ arg, give: resolve, fail: reject });
    });
  return { reads, read };
}

/** Waits until everything that needs no further read has settled. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

let nowMs = 1_000;
let restore: () => void;

beforeEach(() => {
  nowMs = 1_000;
  restore = useClock({ nowMs: () => nowMs });
  forgetAllRemembered();
});

afterEach(() => restore());

describe('sharing', () => {
  test('however many ask for a key at once, it is read once; other keys have reads of their own', async () => {
    const { reads, read } = source();
    const find = remembered({ read, freshMs: 100, most: 10 });
    const asked = [find('a'), find('a'), find('b'), find('a')];
    await settled();
    expect(reads.map(({ arg }) => arg)).toEqual(['a', 'b']);
    reads[0]?.give('1');
    reads[1]?.give('2');
    expect(await Promise.all(asked)).toEqual(['1', '1', '2', '1']);
  });

  test('all bundles of the process share what goes by one name', async () => {
    const { reads, read } = source();
    const options = { name: 'shared', read, freshMs: 100 };
    const [here, there] = [remembered(options), remembered(options)];
    const asked = [here('a'), there('a')];
    await settled();
    reads[0]?.give('1');
    expect(await Promise.all(asked)).toEqual(['1', '1']);
    expect(reads).toHaveLength(1);
    there.forget('a');
    void here('a');
    await settled();
    expect(reads).toHaveLength(2);
  });

  test('who asks five seconds into a read that hangs is not held up by it', async () => {
    const { reads, read } = source();
    const find = remembered({ read, freshMs: 60_000 });
    const stuck = find('a');
    nowMs += 4_999;
    const patient = find('a');
    nowMs += 1;
    const later = find('a');
    await settled();
    expect(reads).toHaveLength(2);
    reads[1]?.give('new');
    expect(await later).toBe('new');
    reads[0]?.give('old');
    expect(await Promise.all([stuck, patient])).toEqual(['old', 'old']);
    expect(await find('a')).toBe('new');
  });
});

describe('age', () => {
  test('counts from the start of the read', async () => {
    const { reads, read } = source();
    const find = remembered({ read, freshMs: 100 });
    const first = find('a');
    await settled();
    nowMs += 60;
    reads[0]?.give('1');
    await first;
    nowMs += 39;
    expect([find.fresh('a'), await find('a')]).toEqual(['1', '1']);
    nowMs += 1;
    expect(find.fresh('a')).toBeUndefined();
    void find('a');
    await settled();
    expect(reads).toHaveLength(2);
  });

  test('a clock that went back makes nothing fresh', async () => {
    let count = 0;
    const find = remembered({ read: async (_: string) => ++count, freshMs: 100 });
    await find('a');
    nowMs -= 1;
    expect(await find('a')).toBe(2);
  });

  test('is of the answer, where the answer says', async () => {
    const answers: (string | null)[] = [null, 'told', 'more'];
    const find = remembered({
      read: async (_: string) => answers.shift() ?? null,
      freshMs: (value) => (value === null ? 500 : 100),
    });
    expect(await find('a')).toBeNull();
    nowMs += 499;
    expect(await find('a')).toBeNull();
    nowMs += 1;
    expect(await find('a')).toBe('told');
    nowMs += 100;
    expect(await find('a')).toBe('more');
  });
});

describe('what is not kept', () => {
  test('a failure fails all who waited for it, and the next one who asks reads anew', async () => {
    const { reads, read } = source();
    const find = remembered({ read, freshMs: 100 });
    const asked = Promise.allSettled([find('a'), find('a')]);
    await settled();
    reads[0]?.fail(new Error('broken'));
    expect((await asked).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const next = find('a');
    await settled();
    reads[1]?.give('1');
    expect(await next).toBe('1');
  });

  test('a read that throws before it gives a promise is a failure like any other', async () => {
    let isBroken = true;
    const find = remembered({
      read: (_: string) => {
        if (isBroken) throw new Error('broken');
        return Promise.resolve('1');
      },
      freshMs: 100,
    });
    await expect(find('a')).rejects.toThrow('broken');
    isBroken = false;
    expect(await find('a')).toBe('1');
  });

  test('an answer fresh for no time serves nobody who asked after its read began', async () => {
    const { reads, read } = source();
    const find = remembered({ read, freshMs: (value) => (value === 'no' ? 0 : 100) });
    const first = find('a');
    const later = [find('a'), find('a'), find('a')];
    await settled();
    reads[0]?.give('no');
    expect(await first).toBe('no');
    await settled();
    // One more read for all of them.
    expect(reads).toHaveLength(2);
    reads[1]?.give('yes');
    expect(await Promise.all(later)).toEqual(['yes', 'yes', 'yes']);
    expect(await find('a')).toBe('yes');
  });

  test('such an answer takes the place of one that was kept, and pushes no other out', async () => {
    const answers: Record<string, string> = { a: 'yes', b: 'yes' };
    const read = async (key: string) => answers[key] ?? 'no';
    let count = 0;
    const find = remembered({
      read: (key: string) => {
        count++;
        return read(key);
      },
      freshMs: (value) => (value === 'no' ? 0 : 100),
      most: 2,
    });
    await find('a');
    await find('b');
    for (const guess of ['c', 'd', 'e']) await find(guess);
    count = 0;
    await find('a');
    await find('b');
    expect(count).toBe(0);
    nowMs += 100;
    answers.a = 'no';
    expect(await find('a')).toBe('no');
    answers.a = 'yes';
    expect(await find('a')).toBe('yes');
  });
});

describe('forgetting', () => {
  test('what was kept is read anew, and other keys are not', async () => {
    const read: string[] = [];
    const find = remembered({
      read: async (key: string) => read.push(key),
      freshMs: 100,
      most: 10,
    });
    await find('a');
    await find('b');
    find.forget('a');
    await find('a');
    await find('b');
    expect(read).toEqual(['a', 'b', 'a']);
  });

  test('what was read before is neither kept nor given to who asks after, whichever read ends first', async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const { reads, read } = source();
      const find = remembered({ read, freshMs: 100 });
      const before = find('a');
      await settled();
      find.forget('a');
      const after = find('a');
      await settled();
      for (const n of order) {
        reads[n]?.give(n === 0 ? 'old' : 'new');
        await settled();
      }
      expect(await before).toBe('old');
      expect(await after).toBe('new');
      expect(await find('a')).toBe('new');
      expect(reads).toHaveLength(2);
    }
  });

  test('a read that was forgotten is not kept where nobody has asked since', async () => {
    const { reads, read } = source();
    const find = remembered({ read, freshMs: 100 });
    const before = find('a');
    await settled();
    find.forget('a');
    reads[0]?.give('old');
    expect(await before).toBe('old');
    const after = find('a');
    await settled();
    reads[1]?.give('new');
    expect(await after).toBe('new');
  });

  test('a forgotten read that fails leaves the newer one shared', async () => {
    const { reads, read } = source();
    const find = remembered({ read, freshMs: 100 });
    const before = find('a').catch(() => 'failed');
    await settled();
    find.forget('a');
    const after = find('a');
    await settled();
    reads[0]?.fail(new Error('broken'));
    expect(await before).toBe('failed');
    const joining = find('a');
    await settled();
    reads[1]?.give('new');
    expect(await Promise.all([after, joining])).toEqual(['new', 'new']);
    expect(reads).toHaveLength(2);
  });

  test('of everything leaves no name known, nor lets a read under way bring it back', async () => {
    const { reads, read } = source();
    const find = remembered({ name: 'of-everything', read, freshMs: 100 });
    const before = find('a');
    await settled();
    forgetAllRemembered();
    reads[0]?.give('old');
    expect(await before).toBe('old');
    void find('a');
    await settled();
    expect(reads).toHaveLength(2);
  });
});

test('no more is kept than what may weigh so much; what was asked for longest ago leaves first', async () => {
  const read: string[] = [];
  const find = remembered({
    read: async (words: readonly string[]) => read.push(words.join(' ')),
    keyOf: (words) => words.join(' '),
    weightOf: (_, words) => words.length,
    freshMs: 100,
    most: 4,
  });
  await find(['a']);
  await find(['b', 'b']);
  await find(['a']);
  await find(['c', 'c']);
  read.length = 0;
  await find(['a']);
  await find(['c', 'c']);
  await find(['b', 'b']);
  expect(read).toEqual(['b b']);
});

test('what takes no argument is one answer', async () => {
  let count = 0;
  const find = remembered({ read: async () => ++count, freshMs: 100 });
  expect([await find(), await find()]).toEqual([1, 1]);
  find.forget();
  expect(await find()).toBe(2);
});
