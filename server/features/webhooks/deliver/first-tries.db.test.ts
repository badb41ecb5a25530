import { describe, expect, it, onTestFinished } from 'vitest';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, memberActor } from '@/server/testing/factories';
import { useStack } from '@/server/testing/stack';
import { createTestClock } from '@/server/testing/test-clock';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { useWebhookReceiver } from '@/server/testing/webhook-receiver';
import { createEndpoint, createTryQueue, onNewDeliveries, tryFirst } from '../index';

const time = createTestClock(Date.now());
const stack = useStack(useTestDatabase(), time);
const receiver = useWebhookReceiver();

async function completedTask(path: string): Promise<string> {
  const organization = await createOrganization();
  const url = receiver.url(path);
  await createEndpoint(await memberActor(organization), { url, events: ['task.completed'] });
  return (await createVerifiedTask({ organization })).taskId;
}

const deliveryOf = (taskId: string) => db.delivery.findFirst({ where: { event: { taskId } } });
const runs = () => db.$queryRaw<{ n: number }[]>`
  SELECT count(*)::int AS n FROM engine.run WHERE event_name = 'webhook/deliver'`;

describe('a new delivery', () => {
  it('is made in the process that wrote it, without the job engine', async () => {
    const before = await runs();
    onTestFinished(onNewDeliveries(createTryQueue(tryFirst).push));
    const taskId = await completedTask('/at-once');
    await stack.settle();
    await expect.poll(() => deliveryOf(taskId)).toMatchObject({ status: 'delivered' });
    await stack.advance(3_000);
    expect(receiver.received('/at-once')).toHaveLength(1);
    expect(await runs()).toEqual(before);
  });

  it('is made by a job where the hint was lost with its process', async () => {
    onTestFinished(onNewDeliveries(() => undefined));
    const taskId = await completedTask('/lost-hint');
    await stack.settle();
    expect(await deliveryOf(taskId)).toMatchObject({ status: 'pending', attemptCount: 0 });
    await stack.advance(3_000);
    expect(await deliveryOf(taskId)).toMatchObject({ status: 'delivered', attemptCount: 1 });
  });
});
