/** A crowd of known accuracy, judged by the production code. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimTask } from '@/server/features/routing';
import { putTaskType } from '@/server/features/task-types';
import { CreateTask, createTask, submitAnswer } from '@/server/features/tasks';
import type { WorkerActor } from '@/server/platform/actor';
import { useClock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, memberActor, workerActor } from '@/server/testing/factories';
import { createTestClock } from '@/server/testing/test-clock';
import { addGold } from '../golds/save-golds';
import { insertGoldTask } from '../tasks/insert-gold-task';
import { countGolds, naiveBayes, UNKNOWN, workerModel } from './consensus/gold-naive-bayes';
import { seededRandom } from './consensus/seeded-random';
import { type Vote, voteTable } from './consensus/vote-table';
import { judgeTask } from './index';

useTestDatabase();

const TYPE = 'ten_questions';
const ACCURACIES = [0.95, 0.9, 0.9, 0.6, 0.4];
const FIELDS = Array.from({ length: 10 }, (_, i) => `f${i}`);
const GOLDS = 20;
const TASKS = 40;
const SCHEMA = {
  type: 'object',
  required: FIELDS,
  properties: Object.fromEntries(FIELDS.map((name) => [name, { type: 'boolean' }])),
};

type Answer = Record<string, boolean>;
const random = seededRandom(20);
const someTruth = (): Answer => Object.fromEntries(FIELDS.map((name) => [name, random() < 0.5]));
const saidBy = (accuracy: number, truth: Answer): Answer =>
  Object.fromEntries(
    FIELDS.map((name) => [name, random() < accuracy ? Boolean(truth[name]) : !truth[name]]),
  );

const clock = createTestClock();
let restore: () => void;
let organization: Awaited<ReturnType<typeof createOrganization>>;
let workers: WorkerActor[];
const truths = new Map<string, Answer>();
/** Everybody's label of each field, for golds and tasks alike. */
const votes = new Map<string, Vote[]>(FIELDS.map((name) => [name, []]));
const goldTasks = new Set<string>();

async function answer(worker: WorkerActor, taskId: string, said: Answer): Promise<void> {
  const { assignmentId } = await claimTask(worker, { taskId });
  await db.assignment.update({
    where: { id: assignmentId },
    data: { startedAt: new Date(clock.nowMs() - 20_000) },
  });
  await submitAnswer(worker, { assignmentId, output: said });
}

function remember(task: string, worker: string, said: Answer): void {
  for (const name of FIELDS) votes.get(name)?.push({ task, worker, label: String(said[name]) });
}

/** The worker answers every gold once. The choice of golds is the same for all. */
async function answerGolds(worker: WorkerActor, accuracy: number, golds: GoldRow[], sibling: Row) {
  const answers = golds.map((gold) => {
    const said = saidBy(accuracy, gold.expectedOutput as Answer);
    remember(gold.id, worker.workerId, said);
    return { gold, said };
  });
  for (const { gold, said } of answers) {
    const id = await transaction((tx) =>
      insertGoldTask(tx, {
        gold,
        sibling,
        workerId: worker.workerId,
        createdBy: `gold:${gold.id}:${worker.workerId}`,
        createdAt: new Date(clock.nowMs()),
      }),
    );
    await answer(worker, id ?? '', said);
    await judgeTask(id ?? '');
  }
}

type Row = Awaited<ReturnType<typeof db.task.findUniqueOrThrow>>;
type GoldRow = Awaited<ReturnType<typeof db.gold.findFirstOrThrow>>;

beforeAll(async () => {
  restore = useClock(clock);
  organization = await createOrganization({ funds: 10_000_000 });
  const member = await memberActor(organization, 'live', 'owner');
  const customer = await keyActor(organization, 'live');
  workers = await Promise.all(
    ACCURACIES.map(() => workerActor({ mode: 'live', capacity: 200, online: false })),
  );
  await putTaskType(member, TYPE, { output_schema: SCHEMA, payout_sats: 1 });
  await db.taskType.updateMany({ where: { type: TYPE }, data: { goldRate: 0 } });
  const ask = async (n: number) => {
    const redundancy = { min_votes: 5, max_votes: 5 };
    const body = { type: TYPE, payload: { n }, risk_tier: 'low' as const, redundancy };
    return (await createTask(customer, CreateTask.parse(body))).task.id;
  };
  const first = await ask(0);
  for (let n = 0; n < GOLDS; n++) {
    const gold = {
      type: TYPE,
      payload: { gold: n },
      explanation: '',
      expected_output: someTruth(),
    };
    const { id } = await addGold(member, gold);
    goldTasks.add(id);
  }
  const golds = await db.gold.findMany({ where: { id: { in: [...goldTasks] } } });
  for (const gold of golds) truths.set(gold.id, gold.expectedOutput as Answer);
  const sibling = await db.task.findUniqueOrThrow({ where: { id: first } });
  // Concurrently: they update the same counts, and must not deadlock.
  await Promise.all(
    workers.map((worker, w) => answerGolds(worker, ACCURACIES[w] ?? 0, golds, sibling)),
  );
  // Longer than the statistics of all workers are cached.
  clock.advanceMs(31_000);
  const asked = [first];
  for (let n = 1; n < TASKS; n++) asked.push(await ask(n));
  const plans = asked.map((id) => {
    const truth = someTruth();
    truths.set(id, truth);
    const said = ACCURACIES.map((accuracy) => saidBy(accuracy, truth));
    for (const [w, worker] of workers.entries()) remember(id, worker.workerId, said[w] ?? {});
    return { id, said };
  });
  await Promise.all(
    workers.map(async (_, lane) => {
      for (const { id, said } of plans.filter((__, n) => n % workers.length === lane)) {
        for (const [w, worker] of workers.entries()) await answer(worker, id, said[w] ?? {});
        await judgeTask(id);
      }
    }),
  );
}, 180_000);
afterAll(() => restore());

/** Share of fields that an estimate gets right, in percent, over the tasks that are not golds. */
function scored(estimate: (field: string, taskId: string) => boolean): number {
  let right = 0;
  for (const [id, truth] of truths) {
    if (goldTasks.has(id)) continue;
    for (const name of FIELDS) right += Number(estimate(name, id) === truth[name]);
  }
  return (100 * right) / (TASKS * FIELDS.length);
}

/** By naive Bayes over a field's full table of votes. */
function offline(field: string): Map<string, boolean> {
  const table = voteTable(votes.get(field) ?? [], ['false', 'true']);
  const known = Int32Array.from(table.tasks, (task) =>
    goldTasks.has(task) ? Number(truths.get(task)?.[field]) : UNKNOWN,
  );
  const posterior = naiveBayes(table, workerModel(countGolds(table, known)), [0.5, 0.5]);
  return new Map(table.tasks.map((task, t) => [task, (posterior[2 * t + 1] ?? 0) > 0.5]));
}

describe('five workers of accuracy .95, .9, .9, .6 and .4 on ten yes/no fields', () => {
  it('are decided as by naive Bayes on the same votes, and never worse than by majority', async () => {
    const ids = [...truths.keys()].filter((id) => !goldTasks.has(id));
    const tasks = await db.task.findMany({ where: { id: { in: ids } } });
    expect(tasks.map(({ status }) => status)).toEqual(ids.map(() => 'verified'));
    const outputs = new Map(tasks.map(({ id, output }) => [id, output as Answer]));
    const live = scored((field, id) => Boolean(outputs.get(id)?.[field]));
    const byField = new Map(FIELDS.map((field) => [field, offline(field)]));
    const table = scored((field, id) => byField.get(field)?.get(id) ?? false);
    const majority = scored((field, id) => {
      const said = votes.get(field)?.filter(({ task }) => task === id) ?? [];
      return said.filter(({ label }) => label === 'true').length > ACCURACIES.length / 2;
    });
    expect(Math.abs(live - table)).toBeLessThanOrEqual(1);
    expect(live).toBeGreaterThanOrEqual(majority - 0.3);
  });

  it('leave one cell a field, truth and word, and one labelled task a gold in each calibrator', async () => {
    const where = { organizationId: organization.id };
    const { _sum: sum } = await db.evidenceCell.aggregate({ where, _sum: { weight: true } });
    expect(sum.weight).toBe(ACCURACIES.length * GOLDS * FIELDS.length);
    const calibrators = await db.facetCalibrator.findMany({ where });
    expect(calibrators.map(({ labelled }) => labelled)).toEqual(
      FIELDS.map(() => ACCURACIES.length * GOLDS),
    );
    const bases = await db.task.findMany({
      where: { organizationId: organization.id, goldId: null },
      select: { confidenceBasis: true },
    });
    expect(new Set(bases.map(({ confidenceBasis }) => confidenceBasis))).toEqual(
      new Set(['calibrated']),
    );
  });
});
