import { beforeAll, describe, expect, it } from 'vitest';
import { putTaskType, syncCatalog } from '@/server/features/task-types';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, memberActor } from '@/server/testing/factories';
import { decideGold, findGolds } from './instance-golds';
import { addGold } from './save-golds';

useTestDatabase();
beforeAll(syncCatalog);

const operator: Actor = { kind: 'operator', userId: newId(), mode: 'test' };
const reason = 'Nobody can tell from the picture.';

async function ownGold() {
  const organization = await createOrganization({ funds: 0n });
  const member = await memberActor(organization);
  await putTaskType(member, 'coins', { title: 'Coins' });
  const { id } = await addGold(member, {
    ...{ type: 'coins', payload: { coin: 'Obol' } },
    expected_output: { answer: 'real' },
  });
  return { id, organizationId: organization.id, member };
}

const find = async (input: Parameters<typeof findGolds>[1], actor = operator) =>
  (await findGolds(actor, input)).data;

describe('all golds', () => {
  it('are those of every organization in the operator’s mode, and those that ship', async () => {
    const [own, other] = [await ownGold(), await ownGold()];
    const shown = (await find({ type: 'coins', limit: 100 })).map(({ id }) => id);
    expect(shown).toEqual(expect.arrayContaining([own.id, other.id]));
    const [mine] = await find({ organizationId: own.organizationId });
    expect(mine).toMatchObject({
      ...{ id: own.id, organizationId: own.organizationId, expectedOutput: { answer: 'real' } },
      ...{ disagreements: { made: 0, open: 0 }, health: { served: 0, state: 'unknown' } },
    });
    expect(
      await find({ organizationId: own.organizationId }, { ...operator, mode: 'live' }),
    ).toEqual([]);
    const shipped = await find({ organizationId: 'shipped', type: 'content_review' });
    expect(shipped.length).toBeGreaterThan(9);
    expect(shipped.every(({ organization }) => organization === null)).toBe(true);
  });

  it('are narrowed by state and paged', async () => {
    const { id, organizationId, member } = await ownGold();
    const second = await addGold(member, {
      ...{ type: 'coins', payload: { coin: 'Drachma' }, expected_output: { answer: 'fake' } },
    });
    await db.gold.update({ where: { id }, data: { doubtful: true } });
    const ids = async (input: object) =>
      (await find({ organizationId, ...input })).map((gold) => gold.id);
    expect(await ids({ state: 'doubtful' })).toEqual([id]);
    expect(await ids({ limit: 1 })).toEqual([second.id]);
    expect(await ids({ limit: 1, after: second.id })).toEqual([id]);
    await db.gold.update({
      where: { id },
      data: { retiredAt: new Date(), retiredFor: 'overturned' },
    });
    expect(await ids({ state: 'doubtful' })).toEqual([]);
    expect(await ids({ state: 'retired_itself' })).toEqual([id]);
    expect(await ids({ state: 'retired' })).toEqual([]);
  });
});

describe('an operator’s decision on a gold', () => {
  it('retires, withdraws and brings it back, each told to its organization with the reason', async () => {
    const { id, organizationId } = await ownGold();
    const state = () => db.gold.findUniqueOrThrow({ where: { id } });
    await decideGold(operator, { id, decision: 'retire', reason });
    expect(await state()).toMatchObject({ retiredAt: expect.any(Date), withdrawn: false });
    await expect(decideGold(operator, { id, decision: 'retire', reason })).rejects.toMatchObject({
      code: 'gold_unchanged',
    });
    await decideGold(operator, { id, decision: 'withdraw', reason });
    expect(await state()).toMatchObject({ withdrawn: true });
    await decideGold(operator, { id, decision: 'bring_back', reason: 'It can be told.' });
    expect(await state()).toMatchObject({
      ...{ retiredAt: null, withdrawn: false, vouchedAt: expect.any(Date) },
    });
    const entries = await db.auditEntry.findMany({
      where: { organizationId, subject: `gold:${id}` },
      orderBy: { id: 'asc' },
    });
    expect(
      entries.map(({ action, data }) => [action, (data as { reason: string }).reason]),
    ).toEqual([
      ['gold.retired', reason],
      ['gold.withdrawn', reason],
      ['gold.brought_back', 'It can be told.'],
    ]);
  });

  it('reaches golds that ship, and none of the other mode', async () => {
    const [shipped] = await find({ organizationId: 'shipped', limit: 1 });
    const id = shipped?.id ?? '';
    await decideGold(operator, { id, decision: 'retire', reason });
    expect((await find({ organizationId: 'shipped', state: 'retired' }))[0]?.id).toBe(id);
    await syncCatalog();
    expect(await db.gold.findUnique({ where: { id } })).toMatchObject({
      retiredAt: expect.any(Date),
    });
    const own = await ownGold();
    await expect(
      decideGold({ ...operator, mode: 'live' }, { id: own.id, decision: 'retire', reason }),
    ).rejects.toMatchObject({ status: 404 });
  });

  it('is for operators alone', async () => {
    const { id, member } = await ownGold();
    await expect(findGolds(member, {})).rejects.toMatchObject({ status: 403 });
    await expect(decideGold(member, { id, decision: 'retire', reason })).rejects.toMatchObject({
      status: 403,
    });
  });
});
