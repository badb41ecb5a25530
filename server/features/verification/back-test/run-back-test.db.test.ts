import { beforeAll, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { CROWD_TYPE, createDecidedCrowd } from '@/server/testing/decided-crowd';
import { createOrganization, memberActor } from '@/server/testing/factories';
import { longestSlice } from '@/server/testing/longest-slice';
import { runBackTest } from './run-back-test';

useTestDatabase();

/** The first worker is wrong on every fourth task, the others on every tenth, never two on the same one. */
const sayOf = (worker: number, truth: 0 | 1, task: number): 0 | 1 => {
  const isWrong = worker === 0 ? task % 4 === 1 : task % 10 === 2 * worker;
  return (isWrong ? 1 - truth : truth) as 0 | 1;
};

let crowd: Awaited<ReturnType<typeof createDecidedCrowd>>;
beforeAll(async () => {
  crowd = await createDecidedCrowd({
    tasks: 120,
    labelled: 40,
    workerIds: Array.from({ length: 3 }, newId),
    sayOf,
  });
});

it('replays the votes of one’s own type, against what all votes say while few are reviewed', async () => {
  const member = await memberActor(crowd.organization, 'test', 'viewer');
  const result = await runBackTest(member, { type: CROWD_TYPE, settings: { max_votes: 2 } });
  expect(result).toMatchObject({ tasks: 120, basis: 'consensus', storedVotes: 3 });
  expect(result.current).toMatchObject({ minVotes: 1, maxVotes: 3, targetConfidence: 0.9 });
  expect(result.points.find(({ isAsked }) => isAsked)?.settings.maxVotes).toBe(2);
  const one = result.points.find(({ settings }) => settings.maxVotes === 1);
  expect(one).toMatchObject({ votes: 1, accuracy: 0.75 });
});

it('is held against what reviewers found, where they found enough', async () => {
  const member = await memberActor(crowd.organization, 'test', 'owner');
  await db.review.createMany({
    data: crowd.tasks.slice(0, 40).map(({ id, truth }) => ({
      ...{ id: newId(), taskId: id, mode: 'test' as const, blocking: false, status: 'decided' },
      ...{ reason: 'spot_check', decision: 'correct', reviewerId: 'system' },
      ...{ kind: 'spot_check', queue: 'instance', type: CROWD_TYPE },
      organizationId: crowd.organization.id,
      output: { verdict: truth === 1 ? 'yes' : 'no' },
      createdAt: new Date(),
      decidedAt: new Date(),
    })) as never,
  });
  let result: Awaited<ReturnType<typeof runBackTest>> | undefined;
  const slice = await longestSlice(async () => {
    result = await runBackTest(member, { type: CROWD_TYPE });
  });
  expect(result).toMatchObject({ basis: 'labelled', measured: 40 });
  expect(slice).toBeLessThan(100);
});

it('shows nobody else’s votes', async () => {
  const foreign = await memberActor(await createOrganization(), 'test', 'owner');
  expect(await runBackTest(foreign, { type: CROWD_TYPE })).toMatchObject({ tasks: 0, points: [] });
  const live = await memberActor(crowd.organization, 'live', 'owner');
  expect(await runBackTest(live, { type: CROWD_TYPE })).toMatchObject({ tasks: 0 });
});
