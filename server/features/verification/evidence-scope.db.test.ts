import { afterEach, beforeEach, expect, it } from 'vitest';
import { CreateTask, createTask } from '@/server/features/tasks';
import { useClock } from '@/server/platform/clock';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { askAbout, COIN_TYPE, createGoldSetting, judgeCoin } from '@/server/testing/gold-setting';
import { createTestClock } from '@/server/testing/test-clock';
import { sowGold } from '../golds/sow-gold';
import { findCrowdFacts } from './crowd-facts';
import { judgeTask } from './index';
import type { LoadedAnswer } from './judge-in-order';
import { loadTaskContext } from './load-context';
import { loadRound } from './load-round';
import { findAnswers } from './read-answers';

useTestDatabase();

/** Longer than a type's statistics are cached. */
const LATER_MS = 31_000;
const clock = createTestClock();
let restore: () => void;
beforeEach(() => {
  restore = useClock(clock);
});
afterEach(() => restore());

const ONE_VOTE = { redundancy: { min_votes: 1, max_votes: 1 } };

/** The worker's answer to a live coin of the customer, before it is judged. */
async function answerCoin(setting: Pick<Setting, 'customer' | 'worker'>, coin: string) {
  const task = await askAbout(setting.customer, coin, ONE_VOTE);
  const answerId = await judgeCoin(setting.worker, task.id);
  return { taskId: task.id, answerId };
}

type Setting = Awaited<ReturnType<typeof createGoldSetting>>;

async function contextOf({ taskId, answerId }: { taskId: string; answerId: string }) {
  const { answers, canBeAnswered } = await findAnswers(taskId);
  const task = await loadTaskContext(taskId);
  const given = answers.filter(({ id }) => id === answerId);
  const round = await loadRound({ task, pending: given, accepted: [], canBeAnswered });
  const { pending } = round;
  return { ...round, ...(pending[0] as LoadedAnswer) };
}

it('golds failed for one organization are no evidence in another that uses the same type name', async () => {
  const one = await createGoldSetting();
  const other = { ...(await createGoldSetting()), worker: one.worker };
  for (const coin of ['Obol', 'Mina', 'Stater']) {
    const { taskId, answerId } = await answerCoin(one, coin);
    const goldTaskId = await sowGold(answerId);
    expect(goldTaskId).not.toBeNull();
    await judgeTask(taskId);
    await judgeCoin(one.worker, goldTaskId ?? '', 'fake');
    await judgeTask(goldTaskId ?? '');
  }
  clock.advanceMs(LATER_MS);
  const here = await contextOf(await answerCoin(one, 'Daric'));
  expect(here.worker.gold).toEqual({ correct: 0, total: 3 });
  expect(here.poolGold).toEqual({ correct: 0, total: 3 });
  const [verdict] = Object.values(here.evidence);
  expect(verdict?.pool).toEqual({ total: 3, right: 0, squaredError: 0 });
  expect(verdict?.calibrator?.labelled).toBe(3);
  expect(here.recent).not.toEqual([]);

  const there = await contextOf(await answerCoin(other, 'Daric'));
  expect(there.worker.gold).toEqual({ correct: 0, total: 0 });
  expect(there.evidence).toEqual({});
  expect(there.poolGold).toEqual({ correct: 0, total: 0 });
  expect(there.typeStats.sampleSize).toBe(0);
  expect(there.recent).toEqual([]);
  expect(there.otherTexts).toEqual([]);
});

it('a type keeps its statistics by organization, even when both are asked within the same seconds', async () => {
  const [one, other] = await Promise.all([createOrganization(), createOrganization()]);
  const customer = await keyActor(one, 'test');
  const worker = await workerActor({ capacity: 10 });
  const schema = { type: 'object', properties: { verdict: { enum: ['real', 'fake'] } } };
  const body = { type: COIN_TYPE, payload: {}, output_schema: schema, payout_sats: 1 };
  const { task } = await createTask(customer, CreateTask.parse(body));
  await judgeCoin(worker, task.id);
  await judgeTask(task.id);
  clock.advanceMs(LATER_MS);
  const sizeIn = async (organization: { id: string }) => {
    const kind = { organizationId: organization.id, mode: 'test' as const, type: COIN_TYPE };
    return (await findCrowdFacts(kind)).typeStats.sampleSize;
  };
  expect([await sizeIn(one), await sizeIn(other)]).toEqual([1, 0]);
});

it('what a worker does within an hour is one for all customers, and apart for each in test mode', async () => {
  const hourly = async (mode: 'live' | 'test') => {
    const one = await createGoldSetting({ mode });
    const other = { ...(await createGoldSetting({ mode })), worker: one.worker };
    await answerCoin(one, 'Obol');
    return (await contextOf(await answerCoin(other, 'Mina'))).worker.recentAnswersPerHour;
  };
  expect([await hourly('live'), await hourly('test')]).toEqual([2, 1]);
});
