import { beforeEach, describe, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import type { MinuteSweep } from './job';
import { runSweeps } from './minute-sweeps';

useTestDatabase();
beforeEach(() => db.sweepRun.deleteMany());

const ran: string[] = [];
beforeEach(() => ran.splice(0));

const sweep = (sweepId: string, work: () => Promise<unknown> = async () => 1): MinuteSweep => ({
  sweepId,
  run: ({ step }) =>
    step.run('work', () => {
      ran.push(sweepId);
      return work();
    }),
});
const rowOf = (id: string) => db.sweepRun.findUniqueOrThrow({ where: { id } });

describe('the sweeps of a minute', () => {
  it('run each once, and each says what it found', async () => {
    const sweeps = ['a', 'b', 'c', 'd', 'e'].map((id) => sweep(id, async () => ({ of: id })));
    expect(await runSweeps(sweeps, 'run-1', null)).toEqual([]);
    expect(ran.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await rowOf('d')).toMatchObject({
      ...{ runId: 'run-1', found: { of: 'd' }, failures: 0, claimedUntil: null },
      endedAt: expect.any(Date),
    });
  });

  it('that fail stop no other, are told of, and count until one ends well', async () => {
    let isBroken = true;
    const broken = sweep('broken', async () => {
      if (isBroken) throw new Error('The table is gone.');
    });
    const sweeps = [broken, sweep('fine'), sweep('fine too'), sweep('and this')];
    expect(await runSweeps(sweeps, 'run-1', null)).toEqual(['broken']);
    expect(await rowOf('fine')).toMatchObject({ failures: 0, endedAt: expect.any(Date) });
    await runSweeps([broken], 'run-1', null);
    expect(await rowOf('broken')).toMatchObject({
      ...{ failures: 2, lastError: 'The table is gone.', endedAt: null },
      failingSince: expect.any(Date),
    });
    isBroken = false;
    await runSweeps([broken], 'run-2', null);
    expect(await rowOf('broken')).toMatchObject({
      ...{ failures: 0, lastError: null, failingSince: null, endedAt: expect.any(Date) },
    });
  });

  it('that hang run nowhere else meanwhile, and hold up no other', async () => {
    let release = () => {};
    const hangs = sweep('hangs', () => new Promise<void>((resolve) => (release = resolve)));
    const first = runSweeps([hangs, sweep('b')], 'run-1', null);
    await expect.poll(async () => (await rowOf('b')).claimedUntil).toBeNull();
    expect(ran).toEqual(['hangs', 'b']);
    await runSweeps([hangs, sweep('b')], 'run-2', null);
    expect(ran).toEqual(['hangs', 'b', 'b']);
    release();
    expect(await first).toEqual([]);
    expect(await rowOf('hangs')).toMatchObject({ runId: 'run-1', claimedUntil: null });
  });

  it('are taken up again by the same run when the process that had them died', async () => {
    void runSweeps([sweep('a', () => new Promise(() => undefined))], 'run-1', null);
    await expect.poll(() => ran).toEqual(['a']);
    await runSweeps([sweep('a')], 'run-1', new Date(0));
    expect(ran).toEqual(['a', 'a']);
  });

  it('are not repeated by runs that piled up while the app was away', async () => {
    await runSweeps([sweep('a')], 'run-1', null);
    for (const run of ['run-2', 'run-3']) {
      await runSweeps([sweep('a')], run, new Date(Date.now() - 30_000));
    }
    expect(ran).toEqual(['a']);
    await runSweeps([sweep('a')], 'run-4', new Date(Date.now() + 1));
    expect(ran).toEqual(['a', 'a']);
  });
});
