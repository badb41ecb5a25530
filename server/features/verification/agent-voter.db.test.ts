import { expect, it } from 'vitest';
import { getTask } from '@/server/features/tasks';
import { SYSTEM } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { askAbout, COIN_TYPE, createGoldSetting, judgeCoin } from '@/server/testing/gold-setting';
import { decideReview } from '../reviews';
import { AGENT_VOTERS } from './agent-voter';
import { judgeTask } from './index';

useTestDatabase();

it('is counted on every labelled task, apart from people, and weighs from the twentieth on', async () => {
  const setting = await createGoldSetting({ golds: 0, mode: 'test' });
  const { id: organizationId } = setting.organization;
  const guess = (verdict: string) => ({
    agent_guess: { output: { verdict }, confidence: 0.93 },
  });
  const answered = async (coin: string, said: 'real' | 'fake', guessed: string) => {
    const task = await askAbout(setting.customer, coin, guess(guessed));
    await judgeCoin(setting.worker, task.id, said);
    await judgeTask(task.id);
    return task.id;
  };
  const agentOf = async (taskId: string) => {
    const verdict = await db.verdict.findFirst({ where: { taskId, stage: 'consensus' } });
    return (verdict?.details as { agent?: object } | undefined)?.agent;
  };
  const taskId = await answered('Obol', 'fake', 'real');
  expect(await agentOf(taskId)).toMatchObject({ labelled: 0, weighs: false, agrees: false });
  const reviewId = newId();
  await db.review.create({
    data: {
      ...{ id: reviewId, taskId, organizationId, type: COIN_TYPE, mode: 'test', blocking: false },
      ...{ kind: 'spot_check', queue: 'instance', reason: 'spot_check', weight: 10 },
      createdAt: clock.now(),
    },
  });
  const output = { verdict: 'real', why: 'It is worn.' };
  await decideReview(SYSTEM, { reviewId, decision: 'correct', output });
  const workerId = AGENT_VOTERS[9] ?? '';
  const where = { organizationId, workerId };
  // However rare the audit, it is one labelled task. The labels are sorted: fake, real.
  expect(await db.evidenceCell.findMany({ where })).toMatchObject([
    { truth: 1, said: 1, weight: 1 },
  ]);
  expect(await db.evidenceCell.count({ where: { organizationId } })).toBe(2);

  await db.evidenceCell.updateMany({ where, data: { weight: 19 } });
  expect(await agentOf(await answered('Mina', 'fake', 'real'))).toMatchObject({ weighs: false });
  await db.evidenceCell.updateMany({ where, data: { weight: 20 } });
  const weighed = await answered('Stater', 'real', 'real');
  expect(await agentOf(weighed)).toMatchObject({ labelled: 20, weighs: true, agrees: true });
  expect(await getTask(setting.customer, weighed)).toMatchObject({ votes_used: 1, dissent: [] });
});
