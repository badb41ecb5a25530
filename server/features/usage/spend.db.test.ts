import { describe, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization, memberActor } from '@/server/testing/factories';
import { getSpend } from './get-spend';

useTestDatabase();

async function newTask(text: string, type: string) {
  const body = { type, payload: { q: 1 }, payout_sats: 100, sla_seconds: 600 };
  const { body: task } = await call('POST', '/v1/tasks', { key: text, body });
  return { id: String(task.id), held: Number((task.cost_sats as { held: number }).held) };
}

describe('spend', () => {
  it('is what was charged, by day and by type, with what is held apart, and sums up', async () => {
    const organization = await createOrganization();
    const { text } = await createKey(organization);
    const owner = await memberActor(organization);
    const done = await newTask(text, 'first');
    const open = await newTask(text, 'second');
    await db.task.update({
      where: { id: done.id },
      data: { status: 'verified', completedAt: new Date(), chargedSats: 90n },
    });
    const spend = await getSpend(owner, { days: 7 });
    expect(spend.total).toEqual({ tasks: 2, spentSats: 90, heldSats: open.held });
    expect(spend.days).toHaveLength(7);
    expect(spend.days.at(-1)).toMatchObject(spend.total);
    expect(spend.todaySats).toBe(90 + open.held);
    expect(spend.types).toEqual([
      { type: 'first', tasks: 1, spentSats: 90, heldSats: 0 },
      { type: 'second', tasks: 1, spentSats: 0, heldSats: open.held },
    ]);
  });

  it('is nothing of the other mode’s or of another organization’s', async () => {
    const organization = await createOrganization();
    await newTask((await createKey(organization)).text, 'first');
    const live = await getSpend(await memberActor(organization, 'live'), { days: 30 });
    const foreign = await getSpend(await memberActor(await createOrganization()), { days: 30 });
    for (const { total, types } of [live, foreign]) {
      expect([total.tasks, types]).toEqual([0, []]);
    }
  });
});
