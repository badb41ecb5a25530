import { claimTask } from '@/server/features/routing';
import { judgeTask } from '@/server/features/verification';
import type { Actor, WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { advanceAppeal } from '../features/appeals/advance-appeal';
import { appealAnswer } from '../features/appeals/appeal-answer';
import { sowGold } from '../features/golds/sow-gold';
import { submitAnswer } from '../features/tasks';
import { createSignIn, workerActor } from './factories';
import { askAbout, createGoldSetting, judgeCoin } from './gold-setting';

export const WORD = 'The picture shows it on the left.';
const ONE_VOTE = { redundancy: { min_votes: 1, max_votes: 1 } };

/** A worker whose gold answer is marked wrong (`fake`, while the gold expects `real`). */
export async function withWrongGold(input: Parameters<typeof createGoldSetting>[0] = {}) {
  const setting = await createGoldSetting(input);
  const { customer, worker } = setting;
  const first = await askAbout(customer, 'Obol', ONE_VOTE);
  const goldTaskId = (await sowGold(await judgeCoin(worker, first.id))) ?? '';
  await judgeTask(first.id);
  const { goldId } = await db.task.findUniqueOrThrow({ where: { id: goldTaskId } });
  const answerId = await judgeCoin(worker, goldTaskId, 'fake');
  return { ...setting, goldTaskId, goldId: goldId ?? '', answerId };
}

/** Same, judged and appealed. */
export async function withGoldAppeal(input: Parameters<typeof createGoldSetting>[0] = {}) {
  const setting = await withWrongGold(input);
  await judgeTask(setting.goldTaskId);
  const { appealId } = await appealAnswer(setting.worker, {
    answerId: setting.answerId,
    reason: WORD,
  });
  return { ...setting, appealId };
}

/**
 * Workers who are online and may take the gold setting's tasks; takes everybody else offline first.
 */
export async function strangers(count: number): Promise<WorkerActor[]> {
  await db.worker.updateMany({ data: { online: false } });
  return Promise.all(Array.from({ length: count }, () => workerActor({ mode: 'live' })));
}

/** Pending re-votes, each with its worker. */
export async function reVotesOf(appealId: string) {
  const tasks = await db.task.findMany({
    where: { appealId, completedAt: null },
    orderBy: { id: 'asc' },
  });
  return tasks.map((task) => ({ task, workerId: task.reservedFor ?? '' }));
}

/** The assigned workers answer and are judged. @returns the tasks. */
export async function reVote(appealId: string, verdicts: ('real' | 'fake')[]): Promise<string[]> {
  const asked = await reVotesOf(appealId);
  for (const [n, each] of asked.entries()) {
    await giveReVote(each, verdicts[n]);
    await advanceAppeal(appealId);
  }
  return asked.map(({ task }) => task.id);
}

/** One assigned worker answers and is judged; the appeal is not notified yet. */
export async function giveReVote(
  { task, workerId }: Awaited<ReturnType<typeof reVotesOf>>[number],
  verdict: 'real' | 'fake' = 'real',
): Promise<void> {
  const worker = await workerActor(await db.worker.findUniqueOrThrow({ where: { id: workerId } }));
  const { assignmentId } = await claimTask(worker, { taskId: task.id });
  await db.assignment.update({
    where: { id: assignmentId },
    data: { startedAt: new Date(clock.nowMs() - 20_000) },
  });
  await submitAnswer(worker, { assignmentId, output: { verdict } });
  await judgeTask(task.id);
}

/** An operator. */
export async function operator(mode: 'live' | 'test' = 'live'): Promise<Actor> {
  const { id } = await createSignIn({ isOperator: true });
  return { kind: 'operator', userId: id ?? newId(), mode };
}

/** A task that two of three workers verified as `real`; the third said `fake`, and appeals. */
export async function outVoted() {
  const setting = await withWrongGold();
  const { customer, worker } = setting;
  const votes = { redundancy: { min_votes: 3, max_votes: 3 } };
  const { id: taskId } = await askAbout(customer, 'Drachma', votes);
  const answerId = await judgeCoin(worker, taskId, 'fake');
  for (let n = 0; n < 2; n++) {
    await judgeCoin(await workerActor({ mode: 'live', online: false }), taskId, 'real');
  }
  await judgeTask(taskId);
  const { appealId } = await appealAnswer(worker, { answerId, reason: WORD });
  return { ...setting, taskId, answerId, appealId };
}
