import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useClock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { workerActor } from '@/server/testing/factories';
import { askAbout, COIN_TYPE, createGoldSetting, judgeCoin } from '@/server/testing/gold-setting';
import { createTestClock } from '@/server/testing/test-clock';
import { findDoubts, judgeTask } from './index';
import { repeatedBy } from './repeated-by';
import type { Verdict } from './stage';

useTestDatabase();

/** After this time the type's statistics are recomputed. */
const LATER_MS = 60_000;
const clock = createTestClock();
let restore: () => void;
beforeEach(() => {
  restore = useClock(clock);
});
afterEach(() => restore());

const TWO_VOTES = { redundancy: { min_votes: 1, max_votes: 2 } };

type Said = readonly [workerId: string, verdict: 'real' | 'fake'];

/** Tasks like one that was answered, with each worker's answer, in that order. */
async function writeHistory(answerId: string, tasks: readonly (readonly Said[])[]) {
  const { taskId, assignmentId } = await db.answer.findUniqueOrThrow({ where: { id: answerId } });
  const copies = tasks.map((said) => ({
    id: newId(),
    answers: said.map(([workerId, verdict]) => ({
      ...{ id: newId(), assignment: newId(), workerId },
      output: { verdict },
    })),
  }));
  const answers = copies.flatMap(({ id, answers: given }) =>
    given.map((answer) => ({ ...answer, task: id })),
  );
  await db.$executeRaw`
    INSERT INTO tasks SELECT (jsonb_populate_record(t, jsonb_build_object('id', n.id))).*
      FROM tasks t, jsonb_to_recordset(${JSON.stringify(copies)}::jsonb) AS n(id text)
     WHERE t.id = ${taskId}::uuid`;
  await db.$executeRaw`
    INSERT INTO assignments
    SELECT (jsonb_populate_record(a, jsonb_build_object(
             'id', n.assignment, 'task_id', n.task, 'worker_id', n."workerId"))).*
      FROM assignments a,
           jsonb_to_recordset(${JSON.stringify(answers)}::jsonb)
             AS n(assignment text, task text, "workerId" text)
     WHERE a.id = ${assignmentId}::uuid`;
  await db.$executeRaw`
    INSERT INTO answers
    SELECT (jsonb_populate_record(a, jsonb_build_object(
             'id', n.id, 'assignment_id', n.assignment, 'task_id', n.task,
             'worker_id', n."workerId", 'output', n.output))).*
      FROM answers a,
           jsonb_to_recordset(${JSON.stringify(answers)}::jsonb)
             AS n(id text, assignment text, task text, "workerId" text, output jsonb)
     WHERE a.id = ${answerId}::uuid`;
}

const usual = (n: number) => (n % 2 === 0 ? 'real' : 'fake');
const otherThan = (verdict: 'real' | 'fake') => (verdict === 'real' ? 'fake' : 'real');

/**
 * A crowd of six who agree, and one more worker, who was right in nine of ten golds and answered
 * each task.
 * @param agrees whether the worker agrees with the other answer to the nth.
 */
async function createCrowd(agrees: (n: number) => boolean) {
  const setting = await createGoldSetting({ rate: null });
  const { customer, worker } = setting;
  const others = await Promise.all(
    Array.from({ length: 6 }, () => workerActor({ mode: 'live', tier: 'critical' })),
  );
  const first = await askAbout(customer, 'First');
  const answerId = await judgeCoin(others[0] ?? worker, first.id);
  await judgeTask(first.id);
  const idOf = (n: number) => others[n % others.length]?.workerId ?? '';
  await writeHistory(answerId, [
    ...Array.from({ length: 120 }, (_, n): Said[] => [
      [idOf(n), usual(n)],
      [idOf(n + 1), usual(n)],
    ]),
    ...Array.from({ length: 40 }, (_, n): Said[] => [
      [idOf(n), usual(n)],
      [worker.workerId, agrees(n) ? usual(n) : otherThan(usual(n))],
    ]),
  ]);
  const { workerId } = worker;
  const place = { workerId, organizationId: setting.organization.id, type: COIN_TYPE };
  await db.workerTypeRecord.create({
    data: { ...place, goldCorrect: 9, goldTotal: 10, goldScore: 9 },
  });
  clock.advanceMs(LATER_MS);
  return setting;
}

async function judgeOne(
  { customer, worker }: Awaited<ReturnType<typeof createCrowd>>,
  coin: string,
) {
  const { id } = await askAbout(customer, coin, TWO_VOTES);
  const answerId = await judgeCoin(worker, id);
  const outcome = await judgeTask(id);
  const verdict = await db.verdict.findFirstOrThrow({ where: { answerId, stage: 'anomaly' } });
  return { outcome, verdict, answerId };
}

describe('a worker whose answers differ from what others say', () => {
  it('is doubted: a vote is bought, golds of before are aged, and then golds come more often', async () => {
    const crowd = await createCrowd((n) => n % 8 < 2);
    const { organization, worker } = crowd;
    const place = { organizationId: organization.id, type: COIN_TYPE };
    const { outcome, verdict } = await judgeOne(crowd, 'A');
    expect(verdict.details).toMatchObject({
      signals: [{ id: 'low_accuracy', family: 'accuracy', level: 'weak' }],
    });
    expect(outcome).toBe('need_vote');
    const record = await db.workerTypeRecord.findFirstOrThrow({
      where: { workerId: worker.workerId, ...place },
    });
    expect(record).toMatchObject({ goldTotal: 10, pastTotal: 10, pastCorrect: 9, pastScore: 9 });
    const aged = { organizationId: organization.id, action: 'worker.golds_aged' };
    expect(await db.auditEntry.count({ where: aged })).toBe(1);
    expect(await findDoubts(worker.workerId, place)).toBe(false);
    await judgeOne(crowd, 'B');
    await judgeOne(crowd, 'C');
    expect(await findDoubts(worker.workerId, place)).toBe(true);
    expect(await db.auditEntry.count({ where: aged })).toBe(1);
  });

  it('is left alone where they agree as often as others do', async () => {
    const crowd = await createCrowd(() => true);
    const { verdict } = await judgeOne(crowd, 'A');
    expect(verdict).toMatchObject({ verdict: 'pass', score: 1 });
  });
});

describe('two who say the same where others differ', () => {
  it('are named in the report, and their votes count once', async () => {
    const crowd = await createCrowd((n) => n % 8 < 2);
    const { customer, worker } = crowd;
    const friend = await workerActor({ mode: 'live', tier: 'critical' });
    const { answerId } = await judgeOne(crowd, 'A');
    await writeHistory(
      answerId,
      Array.from({ length: 24 }, (_, n): Said[] => [
        [friend.workerId, n % 3 === 0 ? 'real' : 'fake'],
        [worker.workerId, n % 3 === 0 ? 'real' : 'fake'],
      ]),
    );
    clock.advanceMs(1_000);
    const { id } = await askAbout(customer, 'B', { redundancy: { min_votes: 2, max_votes: 3 } });
    await judgeCoin(friend, id, 'fake');
    await judgeTask(id);
    await judgeCoin(worker, id, 'fake');
    expect(await judgeTask(id)).toBe('need_vote');
    const verdicts = await db.verdict.findMany({
      where: { taskId: id, answer: { workerId: worker.workerId } },
    });
    expect(repeatedBy(verdicts as unknown as Verdict[])).toEqual([friend.workerId]);
    const told = { organizationId: crowd.organization.id, action: 'worker.repeats_another' };
    expect(await db.auditEntry.count({ where: told })).toBe(1);
    const consensus = verdicts.find(({ stage }) => stage === 'consensus');
    expect(consensus?.details).toMatchObject({ votes: 1, repeated: 1 });
  });
});
