import { expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { memberActor } from '@/server/testing/factories';
import { askAbout, createGoldSetting } from '@/server/testing/gold-setting';
import { dismissGoldCandidate, listGoldCandidates, takeGoldCandidate } from './candidates';

useTestDatabase();

it('a candidate becomes a gold once, or is dismissed, by whoever manages the type', async () => {
  const { organization, member, customer } = await createGoldSetting({ golds: 0 });
  const offer = async (coin: string, expectedOutput: object) => {
    const task = await askAbout(customer, coin);
    const id = newId();
    await db.goldCandidate.create({
      data: {
        ...{ id, taskId: task.id, organizationId: organization.id, mode: 'live', type: 'coins' },
        ...{ expectedOutput, explanation: 'The edge is cast.', createdAt: new Date() },
      },
    });
    return id;
  };
  const taken = await offer('Obol', { verdict: 'fake' });
  const unfit = await offer('Mina', { verdict: 'perhaps' });
  expect(await listGoldCandidates(member, 'coins')).toMatchObject([
    { id: taken, payload: { coin: 'Obol' }, expectedOutput: { verdict: 'fake' } },
    { id: unfit },
  ]);
  const viewer = await memberActor(organization, 'live', 'viewer');
  await expect(takeGoldCandidate(viewer, { id: taken })).rejects.toMatchObject({ status: 403 });
  await takeGoldCandidate(member, { id: taken });
  const golds = await db.gold.findMany({ where: { organizationId: organization.id } });
  expect(golds).toMatchObject([
    { payload: { coin: 'Obol' }, expectedOutput: { verdict: 'fake' }, quiz: false },
  ]);
  await expect(takeGoldCandidate(member, { id: taken })).rejects.toMatchObject({ status: 404 });
  await expect(takeGoldCandidate(member, { id: unfit })).rejects.toMatchObject({ status: 400 });
  await dismissGoldCandidate(member, { id: unfit });
  expect(await listGoldCandidates(member, 'coins')).toEqual([]);
});
