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
import { getAgentVote } from './get-agent-vote';
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
  const unweighed = await answered('Mina', 'fake', 'real');
  expect(await agentOf(unweighed)).toMatchObject({ weighs: false });
  expect(await getAgentVote(setting.customer, unweighed)).toMatchObject({
    ...{ output: { verdict: 'real' }, confidence: 0.93, from: 0.9, to: 1 },
    judged: { checked: 19, needed: 20, votes_worth: 0, confidence_without: null, agrees: false },
  });
  await db.evidenceCell.updateMany({ where, data: { weight: 20 } });
  const weighed = await answered('Stater', 'real', 'real');
  expect(await agentOf(weighed)).toMatchObject({ labelled: 20, weighs: true, agrees: true });
  const task = await getTask(setting.customer, weighed);
  expect(task).toMatchObject({ votes_used: 1, dissent: [] });
  // Right twenty times, where the pool was wrong once: about two average workers' votes.
  const { judged } = (await getAgentVote(setting.customer, weighed)) ?? {};
  expect(judged).toMatchObject({ checked: 20, agrees: true });
  expect(judged?.votes_worth).toBeGreaterThan(1.5);
  expect(judged?.votes_worth).toBeLessThan(10);
  expect(judged?.confidence_without).toBeLessThan(task.confidence ?? 0);
  const bare = await askAbout(setting.customer, 'Daric');
  expect(await getAgentVote(setting.customer, bare.id)).toBeNull();
  const stranger = (await createGoldSetting({ golds: 0, mode: 'test' })).customer;
  await expect(getAgentVote(stranger, weighed)).rejects.toMatchObject({ status: 404 });
});
