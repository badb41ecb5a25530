import { describe, expect, it } from 'vitest';
import { claimTask, listQueue } from '@/server/features/routing';
import { submitDraft } from '@/server/features/tasks/submit-draft';
import { SOWING } from '@/server/features/verification';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { askAbout, createGoldSetting, judgeCoin } from '@/server/testing/gold-setting';
import { brokenInvariants } from '@/server/testing/invariants';
import { useStack } from '@/server/testing/stack';
import { createTestClock } from '@/server/testing/test-clock';

const clock = createTestClock();
const stack = useStack(useTestDatabase(), clock);

describe('the whole way of a gold', () => {
  it('from the answer before it, handed in by its timer, to its own pay', async () => {
    const { customer, worker } = await createGoldSetting({ golds: 1 });
    const task = await askAbout(customer, 'Obol');
    const { assignmentId } = await claimTask(worker, { taskId: task.id });
    clock.advanceMs(20_000);
    await submitDraft(worker, { assignmentId, output: { verdict: 'fake' } });
    await stack.settle();
    expect(await goldIds(), 'nothing before the answer is handed in').toEqual([]);
    await stack.advance(10_000 + SOWING.delayMsMax + 2_000);
    const [goldTaskId = '', ...others] = await goldIds();
    expect(others).toEqual([]);
    const { items } = await listQueue(worker);
    expect(items.map(({ taskId }) => taskId)).toEqual([goldTaskId]);
    await judgeCoin(worker, goldTaskId);
    await stack.advance(SOWING.delayMsMax + 2_000);
    const gold = await db.task.findUniqueOrThrow({ where: { id: goldTaskId } });
    expect(gold).toMatchObject({ status: 'verified', output: { verdict: 'real' } });
    expect(gold.settledAt).not.toBeNull();
    expect(await db.payout.findMany({ where: { workerId: worker.workerId } })).toMatchObject([
      { taskId: task.id, status: 'paid' },
      { taskId: goldTaskId, status: 'paid' },
    ]);
    expect(await goldIds(), 'no gold is left that was not asked').toHaveLength(1);
    expect(await brokenInvariants()).toEqual([]);
  });

  it('that nobody takes: it ends at its time, and its sats come back', async () => {
    const { customer, worker, organization } = await createGoldSetting({ golds: 1 });
    await judgeCoin(worker, (await askAbout(customer, 'Mina')).id);
    await stack.advance(SOWING.delayMsMax + 2_000);
    const [id] = (await goldIds()).slice(-1);
    clock.advanceMs(600_000);
    await stack.settle();
    expect(await db.task.findUnique({ where: { id: id ?? '' } })).toMatchObject({
      organizationId: organization.id,
      status: 'expired',
    });
    expect(await brokenInvariants()).toEqual([]);
  });
});

const goldIds = async () =>
  (await db.task.findMany({ where: { goldId: { not: null } }, orderBy: { createdAt: 'asc' } })).map(
    ({ id }) => id,
  );
