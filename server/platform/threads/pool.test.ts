import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TooCostly } from './errors';
import { ThreadPool } from './pool';

const CODE = `
const { parentPort } = require('node:worker_threads');
const table = {
  add: (a, b) => a + b,
  spin: () => { for (;;); },
  backtrack: () => /^(a+)+$/.test('a'.repeat(60) + '!'),
  grow: () => { const all = []; for (;;) all.push(new Array(1e5).fill(all.length)); },
  throw: () => { throw new Error('broken'); },
  wait: (ms) => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms); return 'waited'; },
  environment: () => Object.keys(process.env),
};
parentPort.on('message', ({ name, args }) => {
  try {
    parentPort.postMessage({ kind: 'done', result: table[name](...args) });
  } catch (error) {
    parentPort.postMessage({ kind: 'failed', message: error.message, stack: error.stack });
  }
});
const { readlinkSync } = require('node:fs');
let processorFile = null;
try { processorFile = '/proc/' + readlinkSync('/proc/thread-self') + '/schedstat'; } catch {}
parentPort.postMessage({ kind: 'ready', processorFile });
`;

const poolOf = (code: string, threadsMax = 2) => new ThreadPool(async () => code, threadsMax);
const call = (name: string, ...args: unknown[]) => ({ name, args });

describe('a pool of threads', () => {
  it('gives each call its own result, however many wait', async () => {
    const pool = poolOf(CODE);
    const sums = await Promise.all(
      Array.from({ length: 200 }, (_, i) => pool.run(call('add', i, 1), 5_000)),
    );
    expect(sums).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
  });

  it.each(['spin', 'backtrack', 'grow'])(
    'ends a call without end, and goes on: %s',
    async (name) => {
      const pool = poolOf(CODE, 1);
      const stopped = pool.run(call(name), name === 'grow' ? 20_000 : 200);
      const next = pool.run(call('add', 1, 2), 5_000);
      await expect(stopped).rejects.toBeInstanceOf(TooCostly);
      expect(await next).toBe(3);
    },
  );

  it.runIf(existsSync('/proc/thread-self'))(
    'counts processor time, so that a busy machine does not refuse what costs little',
    async () => {
      const pool = poolOf(CODE, 1);
      expect(await pool.run(call('wait', 300), 100)).toBe('waited');
      await expect(pool.run(call('wait', 2_000), 100)).rejects.toBeInstanceOf(TooCostly);
    },
  );

  it('hands on what a call throws, and what cannot be sent', async () => {
    const pool = poolOf(CODE, 1);
    await expect(pool.run(call('throw'), 5_000)).rejects.toThrow('broken');
    await expect(
      pool.run(
        call('add', () => 1),
        5_000,
      ),
    ).rejects.toThrow(/could not be cloned/);
    expect(await pool.run(call('add', 2, 2), 5_000)).toBe(4);
  });

  it('keeps the environment, with its secrets, from its threads', async () => {
    expect(await poolOf(CODE).run(call('environment'), 5_000)).toEqual([]);
  });

  it('fails its calls where the code does not start, and tries again', async () => {
    let code = 'throw new Error("no start")';
    const pool = new ThreadPool(async () => code, 1);
    await expect(pool.run(call('add', 1, 1), 5_000)).rejects.toThrow('no start');
    code = CODE;
    expect(await pool.run(call('add', 1, 1), 5_000)).toBe(2);
  });
});
