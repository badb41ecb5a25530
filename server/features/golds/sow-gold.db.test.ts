import { describe, expect, it } from 'vitest';
import { syncCatalog } from '@/server/features/task-types';
import { expireTask } from '@/server/features/tasks';
import { judgeTask, SOWING } from '@/server/features/verification';
import { subscribers } from '@/server/jobs';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { createRelay, type OutgoingEvent } from '@/server/platform/outbox';
import { useTestDatabase } from '@/server/testing/database';
import { workerActor } from '@/server/testing/factories';
import { addCoin, askAbout, createGoldSetting, judgeCoin } from '@/server/testing/gold-setting';
import { brokenInvariants } from '@/server/testing/invariants';
import { setSpendLimits } from '../ledger/spend-limits';
import { changeGold } from './change-gold';

import { sowGold } from './sow-gold';

useTestDatabase();

type Setting = Awaited<ReturnType<typeof createGoldSetting>>;

/** The worker answers a task of the customer's. */
async function answerOne({ customer, worker }: Setting, coin: string, over: object = {}) {
  return judgeCoin(worker, (await askAbout(customer, coin, over)).id);
}

const goldsFor = ({ organization }: Setting) =>
  db.task.findMany({
    where: { organizationId: organization.id, goldId: { not: null } },
    orderBy: { createdAt: 'asc' },
  });

const balancesOf = async ({ organization }: Setting) => {
  const accounts = await db.account.findMany({ where: { owner: organization.id, mode: 'live' } });
  return Object.fromEntries(accounts.map(({ kind, balance }) => [kind, Number(balance)]));
};

describe('after an answer', () => {
  it('a gold comes for its worker, in the shape of the customer’s tasks, and is held for', async () => {
    const setting = await createGoldSetting();
    const before = await balancesOf(setting);
    const taskId = await sowGold(await answerOne(setting, 'Obol'));
    const [gold] = await goldsFor(setting);
    expect(gold).toMatchObject({
      id: taskId,
      reservedFor: setting.worker.workerId,
      status: 'posted',
      maxVotes: 1,
      openSeats: 1,
      callbackUrl: null,
    });
    expect(setting.goldIds).toContain(gold?.goldId);
    // Two equal holds: the customer's task, which waits for its verdict, and the gold.
    const { organization_held: held = 0, organization_available: left } = await balancesOf(setting);
    expect(held).toBe(2 * Number(gold?.heldSats));
    expect(left).toBe((before.organization_available ?? 0) - held);
    expect(await brokenInvariants()).toEqual([]);
  });

  it('it comes once, however often its job runs and whatever became of it', async () => {
    const setting = await createGoldSetting();
    const answerId = await answerOne(setting, 'Obol');
    const made = await Promise.all(Array.from({ length: 6 }, () => sowGold(answerId)));
    expect(made.filter((id) => id !== null)).toHaveLength(1);
    const [gold] = await goldsFor(setting);
    await judgeCoin(setting.worker, gold?.id ?? '');
    await judgeTask(gold?.id ?? '');
    expect(await sowGold(answerId)).toBeNull();
    expect(await goldsFor(setting)).toHaveLength(1);
  });

  it('two answers at once give one gold, and none more while it waits', async () => {
    const setting = await createGoldSetting();
    const tasks = [await askAbout(setting.customer, 'A'), await askAbout(setting.customer, 'B')];
    const answers = await Promise.all(tasks.map(({ id }) => judgeCoin(setting.worker, id)));
    const made = await Promise.all(answers.map(sowGold));
    expect(made.filter((id) => id !== null)).toHaveLength(1);
    expect(await sowGold(await answerOne(setting, 'C'))).toBeNull();
    expect(await goldsFor(setting)).toHaveLength(1);
  });

  it('no worker gets the same gold twice, nor one made of a task answered before', async () => {
    const setting = await createGoldSetting({ golds: 2 });
    const { worker } = setting;
    for (const coin of ['A', 'B']) {
      const taskId = (await sowGold(await answerOne(setting, coin))) ?? '';
      await judgeCoin(worker, taskId);
      await judgeTask(taskId);
    }
    expect(await sowGold(await answerOne(setting, 'C'))).toBeNull();
    await addCoin(setting.member, 'C');
    expect(await sowGold(await answerOne(setting, 'D'))).toBeNull();
    const given = await goldsFor(setting);
    expect(given.map(({ goldId }) => goldId).sort()).toEqual([...setting.goldIds].sort());
    // A new worker starts from scratch.
    const other = { ...setting, worker: await workerActor({ mode: 'live', online: false }) };
    expect(await sowGold(await answerOne(other, 'E'))).not.toBeNull();
  });

  it('is dated beside the tasks of the queue, so that coming last does not tell it', async () => {
    const setting = await createGoldSetting();
    const answered = await askAbout(setting.customer, 'A');
    const open = await askAbout(setting.customer, 'B', { payout_sats: 70, sla_seconds: 900 });
    const earlier = new Date(clock.nowMs() - 60_000);
    await db.task.update({
      where: { id: open.id },
      data: { createdAt: earlier, expiresAt: new Date(earlier.getTime() + 900_000) },
    });
    const answerId = await judgeCoin(setting.worker, answered.id);
    await sowGold(answerId);
    const [gold] = await goldsFor(setting);
    const apartMs = (gold?.createdAt.getTime() ?? 0) - earlier.getTime();
    const midnight = new Date(clock.nowMs()).setUTCHours(0, 0, 0, 0);
    if (earlier.getTime() >= midnight) {
      expect(Math.abs(apartMs)).toBeLessThanOrEqual(SOWING.datedApartMs);
    }
    expect(gold).toMatchObject({ payoutSats: 70n, slaSeconds: 900 });
    const idMs = Number.parseInt(gold?.id.replaceAll('-', '').slice(0, 12) ?? '', 16);
    expect(idMs).toBe(gold?.createdAt.getTime());
  });
});

describe('no gold is sown', () => {
  it('in test mode, for a rate of 0, and of those kept for the quiz, retired or shipped', async () => {
    await syncCatalog();
    const test = await createGoldSetting({ mode: 'test' });
    expect(await sowGold(await answerOne(test, 'A'))).toBeNull();
    const none = await createGoldSetting({ rate: 0 });
    expect(await sowGold(await answerOne(none, 'A'))).toBeNull();
    const setting = await createGoldSetting({ golds: 2 });
    const [first = '', second = ''] = setting.goldIds;
    await changeGold(setting.member, { id: first, quiz: true });
    await changeGold(setting.member, { id: second, retired: true });
    expect(await sowGold(await answerOne(setting, 'A'))).toBeNull();
    await changeGold(setting.member, { id: second, retired: false });
    expect(await sowGold(await answerOne(setting, 'B'))).not.toBeNull();
    const [gold] = await goldsFor(setting);
    expect(gold?.goldId).toBe(second);
    expect(await db.task.count({ where: { goldId: { in: await shippedIds() } } })).toBe(0);
  });

  it('where its known answer cannot be given in the form of the tasks', async () => {
    const setting = await createGoldSetting();
    const output_schema = {
      type: 'object',
      required: ['verdict'],
      properties: { verdict: { enum: ['fake'] } },
    };
    const { id } = await askAbout(setting.customer, 'A', { output_schema });
    expect(await sowGold(await judgeCoin(setting.worker, id, 'fake'))).toBeNull();
  });

  it('where the balance does not cover it, or a cap would be passed, and nothing is changed', async () => {
    const poor = await createGoldSetting({ funds: 150 });
    expect(await sowGold(await answerOne(poor, 'A'))).toBeNull();
    const capped = await createGoldSetting();
    const answerId = await answerOne(capped, 'A');
    await setSpendLimits(capped.member, {
      maxSpendSatsPerDay: 150,
      lowBalanceSats: null,
      version: 0,
    });
    const before = await balancesOf(capped);
    expect(await sowGold(answerId)).toBeNull();
    expect(await balancesOf(capped)).toEqual(before);
    expect([...(await goldsFor(poor)), ...(await goldsFor(capped))]).toEqual([]);
    expect(await brokenInvariants()).toEqual([]);
  });

  it('more often than the evidence asks for: about one in three at first', async () => {
    const setting = await createGoldSetting({ golds: 30, rate: null });
    let sown = 0;
    for (let n = 0; n < 30; n++) {
      const taskId = await sowGold(await answerOne(setting, `Coin ${n}`));
      if (taskId === null) continue;
      sown += 1;
      // It expires unanswered, so that the evidence does not change.
      await db.task.update({ where: { id: taskId }, data: { expiresAt: new Date(0) } });
      await expireTask(taskId);
    }
    // One in three of 30 is 10; outside this range in fewer than one run of ten thousand.
    expect(sown).toBeGreaterThan(0);
    expect(sown).toBeLessThan(21);
    expect(await brokenInvariants()).toEqual([]);
  });
});

describe('handing in', () => {
  it('leaves the drawing to a job, some time later, and asks for it once', async () => {
    const setting = await createGoldSetting();
    const without = await createGoldSetting({ golds: 0 });
    await db.outboxRow.deleteMany();
    const answerId = await answerOne(setting, 'Obol');
    await answerOne(without, 'Obol');
    const published: OutgoingEvent[] = [];
    const relay = createRelay({
      subscribers,
      publish: async (events) => {
        published.push(...events);
        return events;
      },
    });
    await relay.drain();
    const sowing = published.filter(({ name }) => name === 'gold/sow');
    expect(sowing).toMatchObject([{ id: `sow:${answerId}`, data: { answerId } }]);
    const laterMs = (sowing[0]?.ts ?? 0) - clock.nowMs();
    expect(laterMs).toBeLessThanOrEqual(SOWING.delayMsMax);
    expect(await goldsFor(setting)).toEqual([]);
  });
});

const shippedIds = async () =>
  (await db.gold.findMany({ where: { organizationId: null }, select: { id: true } })).map(
    ({ id }) => id,
  );
