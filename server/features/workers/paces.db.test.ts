import { describe, expect, it } from 'vitest';
import { claimTask } from '@/server/features/routing';
import { CreateTask, createTask, submitAnswer } from '@/server/features/tasks';
import type { AnswerTelemetry } from '@/server/features/tasks/answer-schema';
import { judgeTask } from '@/server/features/verification';
import type { Mode } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import {
  createOrganization,
  createWorker,
  keyActor,
  workerActor,
} from '@/server/testing/factories';
import { listTypeWages, paceOf, TIMES_KEPT } from './index';
import { measurePaces } from './measure-paces';

useTestDatabase();

const DAY_MS = 86_400_000;

/** A worker's record of a type with the durations of its latest answers, each paid 100 sats. */
async function plant(
  of: { organizationId: string; type: string; workerId?: string; mode?: Mode },
  seconds: number[],
  over: { rejected?: number; countedAt?: Date } = {},
): Promise<string> {
  const { organizationId, type, mode = 'test' } = of;
  const workerId = of.workerId ?? (await createWorker({ mode })).id;
  await db.workerTypeRecord.create({
    data: {
      ...{ organizationId, type, workerId, accepted: seconds.length },
      rejected: over.rejected ?? 0,
      recentSeconds: seconds,
      recentSats: seconds.map(() => 100),
      countedAt: over.countedAt ?? new Date(),
    },
  });
  return workerId;
}

const wageOf = async (organizationId: string, type: string, mode: Mode = 'test') =>
  (await listTypeWages({ organizationId, mode, type }))[0] ?? null;

describe('what a type comes to an hour', () => {
  it('is a median, which one forgotten tab or one worker alone does not move', async () => {
    const organizationId = newId();
    await plant({ organizationId, type: 'a' }, [30, 36, 40]);
    await plant({ organizationId, type: 'a' }, [36, 36, 3_600, 9]);
    await measurePaces();
    expect(await wageOf(organizationId, 'a')).toEqual({
      type: 'a',
      seconds: 36,
      satsPerHour: 10_000,
      answers: 7,
    });
  });

  it('is unknown with fewer than five answers, and does not count what is long past', async () => {
    const organizationId = newId();
    const longAgo = { countedAt: new Date(Date.now() - 91 * DAY_MS) };
    await plant({ organizationId, type: 'few' }, [30, 30, 30, 30]);
    await plant({ organizationId, type: 'few' }, [30, 30, 30], longAgo);
    await measurePaces();
    expect(await wageOf(organizationId, 'few')).toBeNull();
  });

  it('keeps modes and organizations apart', async () => {
    const organizationId = newId();
    await plant({ organizationId, type: 'a', mode: 'live' }, Array(6).fill(100));
    await plant({ organizationId, type: 'a' }, Array(6).fill(10));
    await plant({ organizationId: newId(), type: 'a' }, Array(6).fill(1));
    await measurePaces();
    expect(await wageOf(organizationId, 'a', 'live')).toMatchObject({ seconds: 100 });
    expect(await wageOf(organizationId, 'a', 'test')).toMatchObject({ seconds: 10 });
  });

  it('is measured again when somebody has answered, and of that type alone', async () => {
    const organizationId = newId();
    const mine = { organizationId, mode: 'test' as const };
    const former = new Date(Date.now() - 3_600_000);
    const quietId = await plant({ organizationId, type: 'quiet' }, Array(6).fill(50));
    const workerId = await plant({ organizationId, type: 'busy' }, Array(6).fill(50));
    await measurePaces();
    await db.typePace.updateMany({ where: mine, data: { seconds: 1 } });
    await db.workerTypeRecord.updateMany({
      where: { workerId: quietId },
      data: { countedAt: former },
    });
    await db.workerTypeRecord.updateMany({
      where: { workerId, type: 'busy' },
      data: { recentSeconds: Array(6).fill(70), countedAt: new Date() },
    });
    await measurePaces();
    expect(await wageOf(organizationId, 'busy')).toMatchObject({ seconds: 70 });
    expect(await wageOf(organizationId, 'quiet')).toMatchObject({ seconds: 1 });
  });

  it('is told to a worker from three own answers on, rejections counted in, before from everyone’s', async () => {
    const organizationId = newId();
    const kind = { organizationId, type: 'a' };
    await plant(kind, Array(8).fill(20));
    const [novice, own] = [await workerActor(), await workerActor()];
    await plant({ ...kind, workerId: novice.workerId }, [500, 500]);
    await plant({ ...kind, workerId: own.workerId }, [60, 62, 900], { rejected: 1 });
    await measurePaces();
    expect((await paceOf(novice, [kind]))(kind)).toMatchObject({ from: 'everyone', seconds: 20 });
    expect((await paceOf(own, [kind]))(kind)).toEqual({
      from: 'own',
      seconds: 62,
      acceptedShare: 0.75,
    });
  });
});

it('an accepted answer leaves its own time and what it paid, a rejected one does not', async () => {
  const organization = await createOrganization();
  const customer = await keyActor(organization, 'test');
  const worker = await workerActor();
  const answer = async (telemetry: AnswerTelemetry) => {
    const body = { type: 'timed', payload: {}, payout_sats: 70 };
    const { task } = await createTask(customer, CreateTask.parse(body));
    const { assignmentId } = await claimTask(worker, { taskId: task.id });
    const startedAt = new Date(Date.now() - 600_000);
    await db.assignment.update({ where: { id: assignmentId }, data: { startedAt } });
    await submitAnswer(worker, { assignmentId, output: { answer: newId() }, telemetry });
    await judgeTask(task.id);
    return db.answer.findFirstOrThrow({ where: { taskId: task.id } });
  };
  const record = () => db.workerTypeRecord.findFirstOrThrow({ where: { type: 'timed' } });
  expect((await answer({ activeMs: 45_000 })).status).toBe('accepted');
  expect(await record()).toMatchObject({ recentSeconds: [90], recentSats: [70] });
  const bot = await answer({ activeMs: 0, pasteShare: 1, focusLossShare: 1 });
  expect(bot.status).toBe('rejected');
  expect(await record()).toMatchObject({ rejected: 1, recentSeconds: [90] });
  // The list is full: the oldest is dropped.
  const kept = Array.from({ length: TIMES_KEPT }, (_, n) => n + 1);
  await db.workerTypeRecord.updateMany({
    where: { type: 'timed' },
    data: { recentSeconds: kept, recentSats: kept },
  });
  await answer({ activeMs: 60_000 });
  expect((await record()).recentSeconds).toEqual([120, ...kept.slice(0, -1)]);
  expect((await record()).recentSats).toEqual([70, ...kept.slice(0, -1)]);
});
