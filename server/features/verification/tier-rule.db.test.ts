import { describe, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { workerActor } from '@/server/testing/factories';
import { askAbout, COIN_TYPE } from '@/server/testing/gold-setting';
import { answerGold, queueOf, createPauseSetting as setUp } from '@/server/testing/pause-setting';

useTestDatabase();

describe('a tier by rule', () => {
  it('rises with golds that are right, for this organization’s type alone, and falls with wrong ones', async () => {
    const setting = await setUp(10);
    const { worker, customer, organization } = setting;
    await db.worker.update({ where: { id: worker.workerId }, data: { tier: 'medium' } });
    const ask = () => askAbout(customer, 'Risky', { risk_tier: 'high' });
    // Another worker qualifies, otherwise the create would be rejected.
    await workerActor({ mode: 'live', online: false });
    await ask();
    expect(await queueOf(setting)).toBe(0);
    for (let n = 0; n < 3; n++) await answerGold(setting, 'real');
    expect(await queueOf(setting)).toBe(1);
    const own = { workerId: worker.workerId, organizationId: organization.id };
    expect(await db.workerTypeRecord.findFirst({ where: own })).toMatchObject({ tier: 'high' });
    const rows = await db.auditEntry.findMany({
      where: { action: 'worker.tier_by_rule', organizationId: organization.id },
    });
    expect(rows).toMatchObject([
      { organizationId: organization.id, data: { from: 'medium', to: 'high', type: COIN_TYPE } },
    ]);
    // A tier set by a person is not overridden.
    await db.worker.update({ where: { id: worker.workerId }, data: { tierAuto: false } });
    expect(await queueOf(setting)).toBe(0);
    await db.worker.update({ where: { id: worker.workerId }, data: { tierAuto: true } });
    const tierNow = async () => (await db.workerTypeRecord.findFirst({ where: own }))?.tier;
    for (let n = 0; n < 7 && (await tierNow()) === 'high'; n++) await answerGold(setting, 'fake');
    expect(await tierNow()).toBe('medium');
    expect(await queueOf(setting)).toBe(0);
  });
});
