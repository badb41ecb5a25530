import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimTask, takeNextTask } from '@/server/features/routing';
import { getTaskType, putTaskType, syncCatalog } from '@/server/features/task-types';
import { assignWorker, CreateTask, createTask, submitAnswer } from '@/server/features/tasks';
import { useClock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, memberActor, workerActor } from '@/server/testing/factories';
import { addCoin, askAbout, COIN_TYPE, judgeCoin } from '@/server/testing/gold-setting';
import { brokenInvariants } from '@/server/testing/invariants';
import {
  answerGold,
  queueOf,
  type PauseSetting as Setting,
  createPauseSetting as setUp,
} from '@/server/testing/pause-setting';
import { createTestClock } from '@/server/testing/test-clock';
import { sowGold } from '../golds/sow-gold';
import { answerQuestion } from '../onboarding/answer-question';
import { getReturnQuiz } from '../onboarding/quiz-queries';
import type { QuizView } from '../onboarding/schema';
import { startReturnQuiz } from '../onboarding/start-quiz';
import { getStanding } from './get-standing';
import { NO_GOLDS } from './gold-tally';
import { judgeTask } from './index';
import { loadTaskContext } from './load-context';
import { liftPauseByOperator, pauseTypeByOperator } from './manage-pauses';
import { pauseByGolds as pauseSkill } from './pause-skill';
import { endProbations } from './return-to-type';

useTestDatabase();

const HOUR_MS = 3_600_000;
const clock = createTestClock();
let restore: () => void;
beforeEach(() => {
  restore = useClock(clock);
});
afterEach(() => restore());

/** Records this many wrong gold answers of the worker. */
async function knowWrong({ worker, organization }: Setting, golds = 3): Promise<void> {
  const { workerId } = worker;
  const place = { workerId, organizationId: organization.id, type: COIN_TYPE };
  await db.workerTypeRecord.upsert({
    where: { workerId_organizationId_type: place },
    create: { ...place, goldTotal: golds },
    update: { goldTotal: { increment: golds } },
  });
}

async function pauseByGolds(setting: Setting, known = 3) {
  await knowWrong(setting, known);
  for (let n = 0; n < 4 && !(await openPause(setting)); n++) await answerGold(setting, 'fake');
  return openPause(setting);
}

const openPause = ({ worker, organization }: Setting) =>
  db.skillPause.findFirst({
    where: { workerId: worker.workerId, organizationId: organization.id, liftedAt: null },
  });

describe('golds that are too often wrong', () => {
  it('pause the type for the worker: no more offers, what is in hand is finished, both sides are told', async () => {
    const setting = await setUp();
    const { worker, customer, organization } = setting;
    await knowWrong(setting);
    const inHand = await askAbout(customer, 'In hand');
    const last = await askAbout(customer, 'Last');
    const goldTask = await sowGold(await judgeCoin(worker, last.id));
    await db.worker.update({ where: { id: worker.workerId }, data: { capacity: 5 } });
    const { assignmentId } = await claimTask(worker, { taskId: inHand.id });
    await judgeCoin(worker, goldTask ?? '', 'fake');
    await judgeTask(goldTask ?? '');

    const pause = await openPause(setting);
    expect(pause).toMatchObject({ type: COIN_TYPE, goldCorrect: 0, goldTotal: 4, setBy: 'system' });
    expect(pause?.returnsBy).toBe('probation');
    expect(pause?.reason).toContain('0 of your answers were right');
    const next = await askAbout(customer, 'Next');
    expect(await queueOf(setting)).toBe(0);
    const taken = await takeNextTask(worker);
    expect(taken && (await organizationOf(taken.assignmentId))).not.toBe(organization.id);
    const seat = { taskId: next.id, workerId: worker.workerId, backup: false, by: 'routing' };
    expect(await transaction((tx) => assignWorker(tx, { ...seat, status: 'offered' }))).toBeNull();
    await submitAnswer(worker, { assignmentId, output: { verdict: 'real' } });
    expect(await judgeTask(inHand.id)).not.toBeNull();

    const { types } = await getStanding(worker);
    expect(types[0]?.pause).toMatchObject({ id: pause?.id, byGolds: true, returnsBy: 'probation' });
    const { email } = await db.user.findUniqueOrThrow({ where: { id: worker.userId } });
    expect(await db.email.findMany({ where: { to: email } })).toMatchObject([
      { template: 'type-paused' },
    ]);
    const [entry] = await db.auditEntry.findMany({
      where: { organizationId: organization.id, action: 'worker.type_paused' },
    });
    // The customer does not see the identity of a worker of the public pool.
    expect(entry?.subject).toMatch(/^Worker [A-Z0-9]{5}$/);
    expect(await brokenInvariants()).toEqual([]);
  });

  it('say nothing to another organization of the same type name, nor to another worker', async () => {
    const setting = await setUp();
    await pauseByGolds(setting);
    const other = { ...(await setUp(0)), worker: setting.worker };
    await askAbout(other.customer, 'Elsewhere');
    await askAbout(setting.customer, 'Here');
    expect(await queueOf(other)).toBe(1);
    const colleague = await workerActor({ mode: 'live', online: false });
    expect(await queueOf({ ...setting, worker: colleague })).toBe(1);
  });
});

describe('the way back', () => {
  it('is time where no quiz can be made: golds then come as to a newcomer, and one wrong does not pause', async () => {
    const setting = await setUp();
    const pause = await pauseByGolds(setting);
    await endProbations();
    expect(await openPause(setting)).not.toBeNull();
    clock.advanceMs(25 * HOUR_MS);
    expect(await endProbations()).toBeGreaterThan(0);
    expect(await endProbations()).toBe(0);
    const ended = await db.skillPause.findUniqueOrThrow({ where: { id: pause?.id ?? '' } });
    expect(ended).toMatchObject({ liftedFor: 'probation', liftedBy: 'system' });
    await answerGold(setting, 'fake');
    expect(await openPause(setting)).toBeNull();
    const record = await db.workerTypeRecord.findFirstOrThrow({
      where: { workerId: setting.worker.workerId },
    });
    expect(record).toMatchObject({ goldTotal: 5, pastTotal: 4 });
    // A second pause of the same type takes twice as long.
    const again = await pauseByGolds(setting, 2);
    const hours = ((again?.returnsAt?.getTime() ?? 0) - (again?.pausedAt.getTime() ?? 0)) / HOUR_MS;
    expect(hours).toBe(48);
  });

  it('is a quiz of the organization’s own golds, after the cool-down', async () => {
    const setting = await setUp();
    const { worker, member, organization } = setting;
    for (let n = 0; n < 5; n++) await addCoin(member, `Quiz coin ${n}`);
    await db.gold.updateMany({
      where: {
        organizationId: organization.id,
        payload: { path: ['coin'], string_starts_with: 'Quiz' },
      },
      data: { quiz: true },
    });
    const pause = await pauseByGolds(setting);
    expect(pause?.returnsBy).toBe('own_quiz');
    const pauseId = pause?.id ?? '';
    expect((await getReturnQuiz(worker, { pauseId })).step.state).toBe('cooling');
    await expect(startReturnQuiz(worker, { pauseId })).rejects.toMatchObject({ status: 409 });
    const stranger = await workerActor({ mode: 'live' });
    await expect(startReturnQuiz(stranger, { pauseId })).rejects.toMatchObject({ status: 404 });
    clock.advanceMs(25 * HOUR_MS);
    let quiz: QuizView = await startReturnQuiz(worker, { pauseId });
    expect(quiz).toMatchObject({ skill: COIN_TYPE, pauseId, total: 5 });
    expect(quiz.asked.title).toBe('Judge a coin');
    for (let n = 0; quiz.question; n++) {
      const output = { verdict: n === 0 ? 'fake' : 'real' };
      quiz = await answerQuestion(worker, { questionId: quiz.question.id, output });
    }
    expect(quiz.status).toBe('passed');
    expect(await openPause(setting)).toBeNull();
    expect((await getReturnQuiz(worker, { pauseId })).step.state).toBe('held');
    const where = { workerId: worker.workerId, organizationId: organization.id };
    const record = await db.workerTypeRecord.findFirstOrThrow({ where });
    expect([record.goldTotal - record.pastTotal, record.goldCorrect - record.pastCorrect]).toEqual([
      5, 4,
    ]);
    // The quiz is evidence by field, for this organization only.
    const cells = await db.evidenceCell.findMany({ where });
    expect(cells.reduce((sum, { weight }) => sum + weight, 0)).toBe(1 + 5);
    await answerGold(setting, 'fake');
    expect(await openPause(setting)).toBeNull();
    // A gold used in the quiz is not sown for this worker again.
    await db.gold.updateMany({ where: { organizationId: organization.id }, data: { quiz: false } });
    const asked = await db.quizQuestion.findMany({ select: { goldId: true } });
    for (let n = 0; n < 2; n++) await answerGold(setting, 'real');
    const given = await db.task.findMany({
      where: { reservedFor: worker.workerId, goldId: { in: asked.map(({ goldId }) => goldId) } },
    });
    expect(given).toEqual([]);
  });

  it('is the quiz that ships for who asks with its schema, and not for another schema of its name', async () => {
    await syncCatalog();
    const organization = await createOrganization();
    const member = await memberActor(organization, 'live');
    const worker = await workerActor({ mode: 'live' });
    const record = { ...NO_GOLDS, goldTotal: 9 };
    const returnsBy = async () => {
      const body = { type: 'content_review', payload: { content: 'Nice.' }, payout_sats: 5 };
      const { task } = await createTask(member, CreateTask.parse(body));
      const context = await loadTaskContext(task.id);
      await transaction((tx) => pauseSkill(tx, context, worker, record));
      const { workerId } = worker;
      const pause = await db.skillPause.findFirstOrThrow({ where: { workerId } });
      await db.skillPause.delete({ where: { id: pause.id } });
      return pause.returnsBy;
    };
    await workerActor({ mode: 'live', skills: ['content_review'] });
    expect(await returnsBy()).toBe('shipped_quiz');
    const { title } = await getTaskType(member, 'content_review');
    await putTaskType(member, 'content_review', {
      title,
      output_schema: { type: 'object', properties: { fine: { type: 'boolean' } } },
    });
    clock.advanceMs(40_000);
    expect(await returnsBy()).toBe('probation');
  });

  it('can be opened by an operator, who may close it as well', async () => {
    const setting = await setUp();
    const { worker, organization } = setting;
    const operator = { kind: 'operator', userId: worker.userId, mode: 'live' } as const;
    const place = { workerId: worker.workerId, organizationId: organization.id, type: COIN_TYPE };
    const reason = 'They asked for a rest.';
    await pauseTypeByOperator(operator, { ...place, reason });
    await expect(pauseTypeByOperator(operator, { ...place, reason })).rejects.toMatchObject({
      status: 409,
    });
    const pause = await openPause(setting);
    expect(pause).toMatchObject({ returnsBy: 'person', returnsAt: null, reason });
    const lift = { pauseId: pause?.id ?? '', reason: 'They are back.' };
    const tester = { ...operator, mode: 'test' } as const;
    await expect(liftPauseByOperator(tester, lift)).rejects.toMatchObject({ status: 404 });
    await expect(liftPauseByOperator(worker, lift)).rejects.toMatchObject({ status: 403 });
    await liftPauseByOperator(operator, lift);
    await expect(liftPauseByOperator(operator, lift)).rejects.toMatchObject({ status: 409 });
    expect(await openPause(setting)).toBeNull();
  });
});

/** The task's organization: concurrent tests have open tasks as well. */
async function organizationOf(assignmentId: string): Promise<string> {
  const { task } = await db.assignment.findUniqueOrThrow({
    where: { id: assignmentId },
    include: { task: true },
  });
  return task.organizationId;
}
