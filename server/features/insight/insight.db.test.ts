import { beforeAll, describe, expect, it } from 'vitest';
import { claimTask } from '@/server/features/routing';
import { CreateTask, cancelTask, createTask, submitAnswer } from '@/server/features/tasks';
import { judgeTask } from '@/server/features/verification';
import type { OrganizationActor, WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createDecidedCrowd } from '@/server/testing/decided-crowd';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { getActivity } from './get-activity';
import { getAgreement } from './get-agreement';
import { getCalibration } from './get-calibration';
import { getConfidence } from './get-confidence';
import { getModels } from './get-models';

useTestDatabase();

const SCHEMA = {
  type: 'object',
  required: ['verdict'],
  properties: { verdict: { enum: ['yes', 'no'] }, why: { type: 'string' } },
};

let actor: OrganizationActor;
let foreign: OrganizationActor;
let workers: WorkerActor[];

const create = async (over: Partial<CreateTask> = {}) => {
  const body = { type: 'plain', payload: {}, output_schema: SCHEMA, payout_sats: 100, ...over };
  return (await createTask(actor, CreateTask.parse(body))).task.id;
};

/** Each word is one worker's answer; the task is judged after each. */
async function answered(id: string, verdicts: readonly string[], bot = false): Promise<string> {
  for (const [at, verdict] of verdicts.entries()) {
    const { assignmentId } = await claimTask(workers[at] as WorkerActor, { taskId: id });
    const startedAt = new Date(Date.now() - 20_000);
    await db.assignment.update({ where: { id: assignmentId }, data: { startedAt } });
    const telemetry = bot ? { activeMs: 0, pasteShare: 1, focusLossShare: 1 } : undefined;
    const output = { verdict, why: `said by ${at}` };
    await submitAnswer(workers[at] as WorkerActor, { assignmentId, output, telemetry });
    await judgeTask(id);
  }
  return id;
}

/** Three votes, whose majority is enough. */
const THREE = { min_votes: 3, max_votes: 3, target_confidence: 0.6 };

const guess = (verdict: string, confidence: number) => ({
  agent_guess: { output: { verdict, why: 'a guess' }, confidence },
});

beforeAll(async () => {
  actor = await keyActor(await createOrganization(), 'test');
  foreign = await keyActor(await createOrganization(), 'test');
  workers = await Promise.all(
    Array.from({ length: 3 }, () => workerActor({ mode: 'test', capacity: 100 })),
  );
  await answered(await create(guess('yes', 0.95)), ['yes']);
  await answered(await create(guess('no', 0.97)), ['yes']);
  await answered(await create(guess('yes', 0.55)), ['yes']);
  await answered(await create({ type: 'voted', redundancy: THREE }), ['yes', 'yes', 'yes']);
  // The anomaly stage rejects the first worker's answer, and the task stays open.
  await answered(await create(), ['yes'], true);
  await cancelTask(actor, await create());
}, 180_000);

describe('activity', () => {
  it('counts tasks where they stand, and shares among those that were judged', async () => {
    const { total, data, types } = await getActivity(actor, { range: '24h' });
    expect(total).toMatchObject({ created: 6, open: 1, verified: 4, cancelled: 1, failed: 0 });
    expect(total).toMatchObject({ verified_rate: 1, within_sla_rate: 1, sla_seconds: 600 });
    expect(total.spent_sats).toBe(3 * 110 + 330);
    expect(total.p50_seconds).toBeGreaterThan(0);
    expect(data).toHaveLength(24);
    const created = data.reduce((sum, bucket) => sum + bucket.created, 0);
    expect(created).toBe(6);
    expect(types.map(({ type, created: count }) => [type, count])).toEqual([
      ['plain', 5],
      ['voted', 1],
    ]);
  });

  it('says how far tasks came', async () => {
    const { funnel } = await getActivity(actor, { range: '7d', type: 'plain' });
    expect(funnel).toMatchObject({ created: 5, taken: 4, answered: 4, verified: 3, answers: 3 });
    expect(funnel.rejected.map(({ stage }) => stage)).toHaveLength(6);
  });

  it('is nothing for an organization without tasks, and in every range', async () => {
    for (const range of ['24h', '7d', '30d', '90d'] as const) {
      const { total, data } = await getActivity(foreign, { range });
      expect(total).toMatchObject({ created: 0, verified_rate: null, p95_seconds: null });
      expect(data.length).toBe({ '24h': 24, '7d': 7, '30d': 30, '90d': 90 }[range]);
    }
  });
});

describe('the calibration', () => {
  it('holds guesses against what was verified, in the fields that count', async () => {
    const calibration = await getCalibration(actor, { range: '24h', wrong_cost_sats: 100 });
    expect(calibration).toMatchObject({ guesses: 3, right: 2, task_cost_sats: 110 });
    expect(calibration.buckets[9]).toMatchObject({ count: 2, right: 1, accuracy: 0.5 });
    expect(calibration.buckets[5]).toMatchObject({ count: 1, right: 1 });
    // Asking about none of the three would have saved 330 and cost one wrong answer.
    expect(calibration.best).toMatchObject({ threshold: 0.55, wrong: 1, savingSats: 230 });
  });

  it('says what asking people bought, by confidence and by type', async () => {
    const { bought, buckets, types, recommended } = await getCalibration(actor, { range: '24h' });
    expect(bought).toEqual({ changed: 1, chargedSats: 330, satsPerChange: 330 });
    expect(buckets[9]?.bought).toEqual({ changed: 1, chargedSats: 220, satsPerChange: 220 });
    expect(buckets[5]?.bought).toEqual({ changed: 0, chargedSats: 110, satsPerChange: null });
    expect(types).toMatchObject([{ type: 'plain', guesses: 3, changed: 1, recommended: null }]);
    // Three guesses are too few to recommend anything.
    expect(recommended).toBeNull();
  });

  it('takes ten times the cost of a task for a wrong answer where nothing is said', async () => {
    const { wrong_cost_sats } = await getCalibration(actor, { range: '24h' });
    expect(wrong_cost_sats).toBe(1_100);
  });

  it('has nothing to say of others', async () => {
    const calibration = await getCalibration(foreign, { range: '24h' });
    expect(calibration).toMatchObject({ guesses: 0, best: null, expected_calibration_error: null });
  });
});

describe('the agreement', () => {
  it('is measured on tasks with several votes; where nobody could differ, alpha says nothing', async () => {
    const { data, cut } = await getAgreement(actor, { range: '24h' });
    expect(data).toMatchObject([{ type: 'voted', tasks: 1, votes: 3, alpha: null, unanimous: 1 }]);
    expect(cut).toBe(false);
  });
});

describe('the confidence', () => {
  it('is held against known answers, beside its floor, and nothing of others', async () => {
    const crowd = await createDecidedCrowd({
      ...{ organization: { id: actor.organizationId }, tasks: 60, labelled: 30 },
      // Three of 30 known outputs are wrong: every tenth task gets the other label.
      sayOf: (_, truth, task) => (task % 10 === 3 ? ((1 - truth) as 0 | 1) : truth),
    });
    const { total, buckets, types } = await getConfidence(actor, { range: '24h' });
    expect(total).toMatchObject({ tasks: 30, right: 27 });
    expect(total.ece).toBeCloseTo(0, 9);
    expect(total.ece_floor).toBeGreaterThan(0);
    expect(buckets).toMatchObject([{ count: 30, right: 27, accuracy: 0.9 }]);
    expect(types).toMatchObject([
      { type: crowd.type, basis: 'provisional', sources: { audit: 30 } },
    ]);
    // 15 of each label are true; 3 that are yes are called no.
    expect(types[0]?.kappa).toBeCloseTo(0.8, 9);
    expect((await getConfidence(foreign, { range: '24h' })).total.tasks).toBe(0);
  });
});

describe('the models', () => {
  it('are those of the last refit of each field, with what came before', async () => {
    const own = { organizationId: actor.organizationId, mode: 'test' as const, type: 'voted' };
    for (const day of [1, 2]) {
      await db.modelRefit.create({
        data: {
          ...{ ...own, id: newId(), facet: '/verdict#abc', tasks: 100 * day, votes: 300 },
          ...{ labelled: 20, gnbWeight: 0.25, dsWeight: 0.75, ebccWeight: 0 },
          ...{ gnbScore: -0.4, dsScore: -0.3, ebccScore: -0.9, createdAt: new Date(day) },
        },
      });
    }
    const { fields } = await getModels(actor, { type: 'voted' });
    expect(fields).toMatchObject([
      { field: '/verdict', refits: [{ tasks: 200, weights: { ds: 0.75 } }, { tasks: 100 }] },
    ]);
    expect(await getModels(foreign, { type: 'voted' })).toEqual({ fields: [] });
  });
});
