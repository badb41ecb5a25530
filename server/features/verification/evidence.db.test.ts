import { afterEach, beforeEach, expect, it } from 'vitest';
import { syncCatalog } from '@/server/features/task-types';
import { catalog } from '@/server/features/task-types/catalog';
import { CreateTask, createTask, getTask } from '@/server/features/tasks';
import { SYSTEM } from '@/server/platform/actor';
import { useClock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { askAbout, createGoldSetting, judgeCoin } from '@/server/testing/gold-setting';
import { answerWhole } from '@/server/testing/quiz-answers';
import { createTestClock } from '@/server/testing/test-clock';
import { sowGold } from '../golds/sow-gold';
import { startQuiz } from '../onboarding/start-quiz';
import { decideReview } from '../reviews';
import { judgeTask } from './index';
import { loadTaskContext, loadTaskEvidence } from './load-context';

useTestDatabase();

/** Longer than a type's statistics are cached. */
const LATER_MS = 31_000;
const clock = createTestClock();
let restore: () => void;
beforeEach(() => {
  restore = useClock(clock);
});
afterEach(() => restore());

async function evidenceOn(taskId: string, answerId: string) {
  clock.advanceMs(LATER_MS);
  const answer = await db.answer.findUniqueOrThrow({ where: { id: answerId } });
  return loadTaskEvidence(await loadTaskContext(taskId), [answer]);
}

it('what golds showed of a field says nothing of one with other labels, in the same type', async () => {
  const setting = await createGoldSetting();
  const first = await askAbout(setting.customer, 'Obol');
  const goldTask = await sowGold(await judgeCoin(setting.worker, first.id));
  await judgeTask(first.id);
  await judgeCoin(setting.worker, goldTask ?? '', 'fake');
  await judgeTask(goldTask ?? '');
  const labelled = await db.labelledTask.findMany({ where: { taskId: goldTask ?? '' } });
  expect(labelled).toMatchObject([{ source: 'gold', correct: false, truths: [1], said: [0] }]);
  expect(setting.goldIds).toContain(labelled[0]?.goldId);
  const schemaWith = (labels: string[]) => ({
    output_schema: {
      type: 'object',
      required: ['verdict'],
      properties: { verdict: { enum: labels }, why: { type: 'string' } },
    },
  });
  const same = await askAbout(setting.customer, 'Mina', schemaWith(['fake', 'real']));
  const other = await askAbout(setting.customer, 'Stater', schemaWith(['real', 'fake', 'copy']));
  const known = await evidenceOn(same.id, await judgeCoin(setting.worker, same.id));
  expect(Object.values(known).map(({ pool }) => pool)).toEqual([
    { total: 1, right: 0, squaredError: 0 },
  ]);
  expect(Object.values(known)[0]?.voters[setting.worker.workerId]).toHaveLength(1);
  expect(await evidenceOn(other.id, await judgeCoin(setting.worker, other.id))).toEqual({});
});

it('a quiz counts for whoever asks the public with the shipped schema, and for nobody else', async () => {
  await syncCatalog();
  const worker = await workerActor({ capacity: 10 });
  await answerWhole(worker, await startQuiz(worker, { skill: 'content_review' }), 1);
  const shipped = catalog.find(({ type }) => type === 'content_review');
  const ask = async (over: object) => {
    const customer = await keyActor(await createOrganization(), 'test');
    const body = { type: 'content_review', payload: { text: 'Nice.' }, ...over };
    const { task } = await createTask(customer, CreateTask.parse(body));
    return db.task.findUniqueOrThrow({ where: { id: task.id } });
  };
  const evidenceFor = async (row: Awaited<ReturnType<typeof ask>>) => {
    const context = await loadTaskContext(row.id);
    clock.advanceMs(LATER_MS);
    return loadTaskEvidence(context, [worker]);
  };
  const verdictOf = (evidence: Awaited<ReturnType<typeof evidenceFor>>) =>
    Object.entries(evidence).find(([facet]) => facet.startsWith('/verdict#'))?.[1];
  const shared = verdictOf(await evidenceFor(await ask({})));
  expect(shared?.pool).toEqual({ total: 5, right: 4, squaredError: 0 });
  const { properties } = (shipped?.outputSchema ?? {}) as { properties?: Record<string, unknown> };
  const own = {
    type: 'object',
    required: ['verdict'],
    properties: { verdict: properties?.verdict },
  };
  expect(await evidenceFor(await ask({ output_schema: own }))).toEqual({});
  const closed = await ask({});
  await db.task.update({
    where: { id: closed.id },
    data: { poolOrganizationId: closed.organizationId },
  });
  expect(await evidenceFor(closed)).toEqual({});
});

it('an audit is evidence for who voted, once and by how rare it is; what was delivered stays', async () => {
  const setting = await createGoldSetting({ golds: 0, mode: 'test' });
  const audited = async (coin: string, weight: number) => {
    const task = await askAbout(setting.customer, coin);
    await judgeCoin(setting.worker, task.id, 'fake');
    await judgeTask(task.id);
    const id = newId();
    await db.review.create({
      data: {
        ...{ id, taskId: task.id, mode: 'test', blocking: false, reason: 'spot_check', weight },
        ...{ organizationId: setting.organization.id, type: 'coins' },
        ...{ kind: 'spot_check', queue: 'instance' },
        createdAt: new Date(clock.nowMs()),
      },
    });
    return { taskId: task.id, reviewId: id };
  };
  const { taskId, reviewId } = await audited('Obol', 10);
  const correction = {
    reviewId,
    decision: 'correct' as const,
    output: { verdict: 'real', why: 'It is worn.' },
  };
  const decided = await Promise.allSettled([
    decideReview(SYSTEM, correction),
    decideReview(SYSTEM, correction),
  ]);
  expect(decided.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const where = { organizationId: setting.organization.id };
  const cells = await db.evidenceCell.findMany({ where });
  // The labels are sorted: fake, real.
  expect(cells.map(({ truth, said, weight }) => ({ truth, said, weight }))).toEqual([
    { truth: 1, said: 0, weight: 10 },
  ]);
  expect(await db.facetCalibrator.findMany({ where })).toMatchObject([{ labelled: 1 }]);
  const delivered = await getTask(setting.customer, taskId);
  expect(delivered.output).toEqual({ verdict: 'fake' });
  const { confidence } = delivered;
  expect(await db.labelledTask.findMany({ where })).toMatchObject([
    { ...{ taskId, source: 'audit', correct: false, confidence }, truths: [1], said: [0] },
  ]);

  const refused = await audited('Mina', 10);
  await decideReview(SYSTEM, { reviewId: refused.reviewId, decision: 'reject' });
  expect(await db.evidenceCell.count({ where })).toBe(1);
  const agreed = await audited('Stater', 1);
  await decideReview(SYSTEM, { reviewId: agreed.reviewId, decision: 'accept' });
  expect(await db.evidenceCell.findMany({ where: { ...where, truth: 0 } })).toMatchObject([
    { said: 0, weight: 1 },
  ]);
});
