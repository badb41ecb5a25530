import { beforeAll, expect, it } from 'vitest';
import { atInstant } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, createWorker } from '@/server/testing/factories';
import { LOOKED_BACK } from './lately';
import { findRecent } from './recent-answers';

useTestDatabase();

/** More than a window plus the answers read with it. */
const ANSWERS = 700;
const TYPE = 'many';

let organizationId: string;
let workerId: string;
let colleague: string;

/** Oldest first: every tenth is rejected, every third task was also answered by a colleague. */
const answers: {
  id: string;
  taskId: string;
  isRejected: boolean;
  isShared: boolean;
  colleagues: string;
}[] = [];

let judgedAt: Date;

beforeAll(async () => {
  organizationId = (await createOrganization()).id;
  workerId = (await createWorker()).id;
  colleague = (await createWorker()).id;
  for (let n = 0; n < ANSWERS; n++) {
    answers.push({
      ...{ id: newId(), taskId: newId(), colleagues: newId() },
      ...{ isRejected: n % 10 === 0, isShared: n % 3 === 0 },
    });
  }
  const now = new Date();
  judgedAt = now;
  await db.task.createMany({
    data: answers.map(({ taskId }) => ({
      ...{
        id: taskId,
        organizationId,
        mode: 'test' as const,
        type: TYPE,
        status: 'verified' as const,
      },
      ...{ payload: {}, outputSchema: { type: 'object' }, payoutSats: 1, slaSeconds: 600 },
      ...{ skillsRequired: [], riskTier: 'medium' as const, minVotes: 1, maxVotes: 2 },
      ...{ targetConfidence: 0.9, requestHash: 'none', createdBy: 'system', votesWanted: 1 },
      ...{
        openSeats: 0,
        heldSats: 1,
        createdAt: now,
        updatedAt: now,
        completedAt: now,
        expiresAt: now,
      },
    })),
  });
  const given = answers.flatMap(({ id, taskId, isRejected, isShared, colleagues }, n) => [
    { id, taskId, workerId, isRejected, output: { n } },
    ...(isShared
      ? [{ id: colleagues, taskId, workerId: colleague, isRejected: false, output: { n } }]
      : []),
  ]);
  await db.assignment.createMany({
    data: given.map(({ id, taskId, workerId: by }) => ({
      ...{ id, taskId, workerId: by, mode: 'test' as const, status: 'submitted' as const },
      ...{ backup: false, createdAt: now, lapsesAt: now },
    })),
  });
  await db.answer.createMany({
    data: given.map(({ id, taskId, workerId: by, isRejected, output }) => ({
      ...{ id, assignmentId: id, taskId, workerId: by, organizationId, mode: 'test' as const },
      ...{ type: TYPE, output, elapsedMs: 1, createdAt: now, judgedAt },
      status: isRejected ? ('rejected' as const) : ('accepted' as const),
      rejectionCode: isRejected ? 'schema' : null,
    })),
  });
});

const before = (n: number, by = workerId) =>
  findRecent({ id: answers[n]?.id ?? '', workerId: by, organizationId, type: TYPE });

it('is the newest answers before it, with what was accepted of their tasks', async () => {
  const recent = await before(ANSWERS - 1);
  const kept = answers.slice(0, -1).filter(({ isRejected }) => !isRejected);
  expect(recent.map(({ id }) => id)).toEqual(
    kept
      .slice(-LOOKED_BACK)
      .toReversed()
      .map(({ id }) => id),
  );
  for (const { id, taskId, said } of recent) {
    const isShared = answers.find((answer) => answer.id === id)?.isShared;
    const voters = said.map(({ workerId: by }) => by);
    expect([taskId, new Set(voters)]).toEqual([
      taskId,
      new Set(isShared ? [workerId, colleague] : [workerId]),
    ]);
  }
});

it('is the same for each of several that are read at once, however far apart they are', async () => {
  const places = [ANSWERS - 1, 0, 5, 300, 301, 150, 650, 400];
  const atOnce = await Promise.all([...places.map((n) => before(n)), before(600, colleague)]);
  const alone = [];
  for (const n of places) alone.push(await before(n));
  alone.push(await before(600, colleague));
  expect(atOnce).toEqual(alone);
  expect(atOnce.map(({ length }) => length)).toEqual([200, 0, 4, 200, 200, 135, 200, 200, 200]);
});

it('takes what is judged in the same instant for not judged yet', async () => {
  const at = (ms: number) =>
    atInstant({ organizationId, nowMs: judgedAt.getTime() + ms }, () => before(21));
  const summary = (rows: Awaited<ReturnType<typeof at>>) => ({
    rows: rows.length,
    rejected: rows.filter(({ isRejected }) => isRejected).length,
    said: rows.reduce((sum, { said }) => sum + said.length, 0),
  });
  // Of the 21 earlier ones three are rejected; six of the others are shared.
  expect(summary(await at(1))).toEqual({ rows: 18, rejected: 0, said: 24 });
  expect(summary(await at(0))).toEqual({ rows: 21, rejected: 0, said: 0 });
});
