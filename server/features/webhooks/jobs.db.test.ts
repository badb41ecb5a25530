import { describe, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, memberActor } from '@/server/testing/factories';
import { useStack } from '@/server/testing/stack';
import { createTestClock } from '@/server/testing/test-clock';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { useWebhookReceiver } from '@/server/testing/webhook-receiver';
import { createEndpoint, replayDelivery, updateEndpoint } from './index';

const time = createTestClock(Date.now());
const stack = useStack(useTestDatabase(), time);
const receiver = useWebhookReceiver();

/** A task whose payout is about to be sent; with it, task.completed goes to `path`. */
async function taskAboutToComplete(path: string) {
  const organization = await createOrganization();
  const owner = await memberActor(organization);
  const endpoint = await createEndpoint(owner, {
    url: receiver.url(path),
    events: ['task.completed'],
  });
  const { taskId } = await createVerifiedTask({ organization });
  return { taskId, owner, endpoint };
}

const deliveryOf = (taskId: string) =>
  db.delivery.findFirstOrThrow({ where: { event: { taskId } }, include: { attempts: true } });

describe('from a verified task to its last webhook, through the engine', () => {
  it('the payout is sent, the task completed and the endpoint told once', async () => {
    const { taskId } = await taskAboutToComplete('/completed');
    await stack.settle();
    expect(await db.payout.findFirst({ where: { taskId } })).toMatchObject({ status: 'paid' });
    const requests = receiver.received('/completed');
    expect(requests).toHaveLength(1);
    expect(JSON.parse(requests[0]?.body ?? '{}')).toMatchObject({
      type: 'task.completed',
      data: { id: taskId, payouts: [{ status: 'paid', amount_sats: 100 }] },
    });
  });

  it('what fails is tried again after five seconds, and then is delivered', async () => {
    receiver.answer('/flaky', { status: 503 });
    const { taskId } = await taskAboutToComplete('/flaky');
    await stack.settle();
    await stack.advance(4_000);
    expect(receiver.received('/flaky')).toHaveLength(1);
    receiver.answer('/flaky', { status: 200 });
    await stack.advance(3_000);
    expect(receiver.received('/flaky')).toHaveLength(2);
    expect(await deliveryOf(taskId)).toMatchObject({ status: 'delivered', attemptCount: 2 });
  });

  it('a run that was lost is replaced by the sweep', async () => {
    receiver.answer('/lost', { status: 500 });
    const { taskId, endpoint, owner } = await taskAboutToComplete('/lost');
    await stack.settle();
    // Simulates losing the process that would retry: nothing is left to wake up.
    await db.$executeRaw`DELETE FROM outbox WHERE topic = 'delivery.waiting'`;
    await db.delivery.updateMany({
      where: { endpointId: endpoint.id },
      data: { attemptCount: 2, nextAttemptAt: new Date(time.nowMs()) },
    });
    receiver.answer('/lost', { status: 200 });
    await updateEndpoint(owner, endpoint.id, { description: 'Mended' });
    await stack.advance(100_000);
    expect(await deliveryOf(taskId)).toMatchObject({ status: 'delivered', attemptCount: 3 });
  });

  it('a replay is delivered through the same job', async () => {
    const { taskId, owner } = await taskAboutToComplete('/replayed');
    await stack.settle();
    const { id } = await deliveryOf(taskId);
    await replayDelivery(owner, id);
    await stack.settle();
    expect(receiver.received('/replayed')).toHaveLength(2);
    expect(await deliveryOf(taskId)).toMatchObject({ status: 'delivered', attemptCount: 2 });
  });
});
