import { expect, it } from 'vitest';
import { listQueue } from '@/server/features/routing';
import { resolveTaskType } from '@/server/features/task-types/resolve-task-type';
import { judgeTask } from '@/server/features/verification';
import { SYSTEM } from '@/server/platform/actor';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { workerActor } from '@/server/testing/factories';
import { askAbout, COIN_TYPE, createGoldSetting, judgeCoin } from '@/server/testing/gold-setting';
import { brokenInvariants } from '@/server/testing/invariants';
import { insertPause } from '../verification/pause-skill';
import { changeGold } from './change-gold';
import { checkGold, findDoubtful } from './check-gold';
import { listGolds } from './list-golds';
import { sowGold } from './sow-gold';
import { withdrawPaused } from './withdraw-paused';

useTestDatabase();

type Setting = Awaited<ReturnType<typeof createGoldSetting>>;

/** Workers who answer the type's other golds correctly answer this one. */
async function answerByGoodWorkers(
  { organization, customer }: Setting,
  count: number,
  verdict: 'real' | 'fake',
) {
  const workers = [];
  for (let n = 0; n < count; n++) {
    const worker = await workerActor({ mode: 'live', online: false });
    await db.workerTypeRecord.create({
      data: {
        ...{ workerId: worker.workerId, organizationId: organization.id, type: COIN_TYPE },
        ...{ goldCorrect: 10, goldTotal: 10 },
      },
    });
    const task = await askAbout(customer, `Coin ${newId()}`);
    const goldTask = (await sowGold(await judgeCoin(worker, task.id))) ?? '';
    await judgeCoin(worker, goldTask, verdict);
    await judgeTask(goldTask);
    workers.push(worker);
  }
  return workers;
}

const recordOf = (workerId: string) => db.workerTypeRecord.findFirst({ where: { workerId } });

/** A type for which four of the best workers are enough. */
async function setUp() {
  const setting = await createGoldSetting({ golds: 1 });
  await db.taskType.updateMany({
    where: { organizationId: setting.organization.id },
    data: { policy: { gold: { retireAlpha: 0.2 } } },
  });
  const { id: organizationId } = setting.organization;
  resolveTaskType.forget({ organizationId, mode: 'live', type: COIN_TYPE });
  const [goldId = ''] = setting.goldIds;
  return { ...setting, goldId };
}

it('those of the type that were answered wrongly are looked at again after an answer to another', async () => {
  const { goldIds } = await createGoldSetting({ golds: 3 });
  const [answered = '', doubtful = '', retired = ''] = goldIds;
  expect(await findDoubtful(answered)).toEqual([]);
  const wrong = { served: 3, correct: 1 };
  await db.gold.updateMany({ where: { id: { in: goldIds } }, data: wrong });
  await db.gold.update({ where: { id: retired }, data: { retiredAt: new Date() } });
  await createGoldSetting({ golds: 1 });
  expect(await findDoubtful(answered)).toEqual([doubtful]);
});

it('a gold that the best workers contradict retires itself; its answers are evidence no more, until somebody vouches', async () => {
  const setting = await setUp();
  const { member, organization, goldId } = setting;
  const [first, ...others] = await answerByGoodWorkers(setting, 3, 'fake');
  expect(await checkGold(goldId)).toBeNull();
  const [last] = await answerByGoodWorkers(setting, 1, 'fake');
  const waiting = await workerActor({ mode: 'live', online: false });
  const task = await askAbout(setting.customer, 'One more');
  const goldTask = (await sowGold(await judgeCoin(waiting, task.id))) ?? '';
  expect(goldTask).not.toBe('');
  expect(await recordOf(first?.workerId ?? '')).toMatchObject({ goldCorrect: 10, goldTotal: 11 });
  const cells = () => db.evidenceCell.findMany({ where: { organizationId: organization.id } });
  expect((await cells()).map(({ weight }) => weight)).toEqual([1, 1, 1, 1]);

  const found = await Promise.all([checkGold(goldId), checkGold(goldId)]);
  expect(found.sort()).toEqual(['best_disagree', null]);
  for (const { workerId } of [first, last, ...others].flatMap((each) => each ?? [])) {
    expect(await recordOf(workerId)).toMatchObject({ goldCorrect: 10, goldTotal: 10 });
  }
  expect((await cells()).every(({ weight }) => weight === 0)).toBe(true);
  expect((await listQueue(waiting)).items.map(({ taskId }) => taskId)).not.toContain(goldTask);
  const [told] = (await listGolds(member, COIN_TYPE)).golds;
  expect(told).toMatchObject({ retiredFor: 'best_disagree', withdrawn: true });
  const where = { organizationId: organization.id, action: 'gold.retired_itself' };
  expect(await db.auditEntry.findMany({ where })).toMatchObject([
    { actor: 'system', subject: `gold:${goldId}`, data: { because: 'best_disagree' } },
  ]);

  await changeGold(member, { id: goldId, retired: false });
  expect(await recordOf(first?.workerId ?? '')).toMatchObject({ goldCorrect: 10, goldTotal: 11 });
  expect((await cells()).map(({ weight }) => weight)).toEqual([1, 1, 1, 1]);
  expect(await checkGold(goldId)).toBeNull();
  const [vouched] = (await listGolds(member, COIN_TYPE)).golds;
  expect(vouched).toMatchObject({ retiredAt: null, retiredFor: null, withdrawn: false });
  expect(vouched?.vouchedAt).toBeInstanceOf(Date);
  expect(await brokenInvariants()).toEqual([]);
});

it('a gold that the best agree with stays, and one that an appeal overturned does not', async () => {
  const setting = await setUp();
  const { goldId } = setting;
  const [worker] = await answerByGoodWorkers(setting, 4, 'real');
  expect(await checkGold(goldId)).toBeNull();
  const answer = await db.answer.findFirstOrThrow({
    where: { workerId: worker?.workerId ?? '', task: { goldId } },
  });
  const { id: answerId, taskId, workerId, organizationId, type } = answer;
  await db.appeal.create({
    data: {
      ...{ id: newId(), answerId, taskId, workerId, organizationId, mode: 'live', type },
      ...{ reason: 'It is not so.', ground: 'gold', status: 'upheld', decidedBy: 'reviewer' },
      ...{ createdAt: new Date(), dueAt: new Date(), decidedAt: new Date() },
    },
  });
  expect(await checkGold(goldId)).toBe('overturned');
  // What the appeal corrected is not changed again.
  expect(await recordOf(workerId)).toMatchObject({ goldCorrect: 11, goldTotal: 11 });
});

it('lifts the pause that it alone had led to', async () => {
  const setting = await setUp();
  const { organization, goldId } = setting;
  const [worker] = await answerByGoodWorkers(setting, 4, 'fake');
  const place = { organizationId: organization.id, type: COIN_TYPE };
  const workerId = worker?.workerId ?? '';
  await transaction((tx) =>
    insertPause(tx, SYSTEM, {
      ...{ ...place, workerId, reason: 'Too often wrong.', golds: { correct: 0, total: 9 } },
      ...{ returnsBy: 'probation', returnsAt: null },
    }),
  );
  await checkGold(goldId);
  expect(await db.skillPause.findFirst({ where: { workerId } })).toMatchObject({
    liftedFor: 'gold_withdrawn',
  });
});

it('a pause takes away the gold that waits for its worker', async () => {
  const setting = await createGoldSetting();
  const { worker, organization, customer } = setting;
  const task = await askAbout(customer, 'Obol');
  const goldTask = (await sowGold(await judgeCoin(worker, task.id))) ?? '';
  const { workerId } = worker;
  await withdrawPaused({ workerId, organizationId: organization.id, type: COIN_TYPE });
  expect(await db.task.findUnique({ where: { id: goldTask } })).toMatchObject({
    status: 'cancelled',
  });
  expect(await brokenInvariants()).toEqual([]);
});
