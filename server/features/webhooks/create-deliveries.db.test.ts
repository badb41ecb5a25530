import { describe, expect, it } from 'vitest';
import { recordTaskEvent } from '@/server/features/tasks';
import { db, type Tx, transaction } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, memberActor } from '@/server/testing/factories';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { createDeliveries, type TaskEventFact } from './create-deliveries';
import { createEndpoint, deleteEndpoint, listTaskDeliveries, updateEndpoint } from './index';

useTestDatabase();

const url = 'https://example.com/hooks';

async function organizationWithOwner() {
  const organization = await createOrganization();
  return { organization, owner: await memberActor(organization) };
}

/** Records an event on a task and gives the fact that the outbox tells of it. */
async function factOf(taskId: string, type: string): Promise<TaskEventFact> {
  await transaction((tx) => recordTaskEvent(tx, { taskId, type, by: 'system' }));
  const event = await db.taskEvent.findFirstOrThrow({
    where: { taskId, type },
    orderBy: { sequence: 'desc' },
  });
  const { id: taskEventId, organizationId, mode } = event;
  return { taskEventId, taskId, organizationId, mode, type };
}

const react = (facts: TaskEventFact[]) => transaction((tx) => createDeliveries(tx, facts));

async function bodyOf(taskEventId: string) {
  const event = await db.webhookEvent.findUniqueOrThrow({ where: { taskEventId } });
  return { event, body: JSON.parse(event.body) };
}

describe('an event', () => {
  it('goes once to every endpoint that wants it, and to the task’s callback URL', async () => {
    const { organization, owner } = await organizationWithOwner();
    const all = await createEndpoint(owner, { url });
    const some = await createEndpoint(owner, { url, events: ['task.verified'] });
    await createEndpoint(owner, { url, events: ['task.failed'] });
    const disabled = await createEndpoint(owner, { url });
    await updateEndpoint(owner, disabled.id, { status: 'disabled' });
    const deleted = await createEndpoint(owner, { url });
    await deleteEndpoint(owner, deleted.id);
    await createEndpoint(await memberActor(organization, 'live'), { url });
    await createEndpoint(await memberActor(await createOrganization()), { url });
    const callbackUrl = 'https://example.com/callback';
    const { taskId } = await createVerifiedTask({ organization, callbackUrl });

    const fact = await factOf(taskId, 'task.verified');
    expect(await react([fact])).toHaveLength(3);
    const { data } = await listTaskDeliveries(owner, taskId, { limit: 20 });
    const targets = data.map((delivery) => [delivery.endpoint_id, delivery.url]);
    expect(targets.sort()).toEqual(
      [
        [all.id, url],
        [some.id, url],
        [null, callbackUrl],
      ].sort(),
    );
  });

  it('told again adds nothing and asks for the same deliveries', async () => {
    const { organization, owner } = await organizationWithOwner();
    await createEndpoint(owner, { url });
    const { taskId } = await createVerifiedTask({ organization, callbackUrl: `${url}/own` });
    const facts = [await factOf(taskId, 'task.verified'), await factOf(taskId, 'task.completed')];
    const first = await react(facts);
    const again = await react(facts);
    const ids = (deliveries: { id: string }[]) => deliveries.map(({ id }) => id).sort();
    expect(ids(again)).toEqual(ids(first));
    expect(first).toHaveLength(4);
    expect(await db.webhookEvent.count({ where: { taskId } })).toBe(2);
  });

  it('reacted to by two processes at once is delivered once', async () => {
    const { organization, owner } = await organizationWithOwner();
    await createEndpoint(owner, { url });
    const { taskId } = await createVerifiedTask({ organization, callbackUrl: `${url}/own` });
    const fact = await factOf(taskId, 'task.verified');
    await Promise.all(Array.from({ length: 8 }, () => react([fact])));
    expect(await db.delivery.count({ where: { event: { taskId } } })).toBe(2);
  });

  it('has the body that the contract says, with the task as it was then', async () => {
    const { organization, owner } = await organizationWithOwner();
    await createEndpoint(owner, { url });
    const { taskId } = await createVerifiedTask({ organization });
    const fact = await factOf(taskId, 'task.verified');
    await db.task.update({ where: { id: taskId }, data: { output: { verdict: 'changed' } } });
    await react([fact]);
    const { event, body } = await bodyOf(fact.taskEventId);
    expect(Object.keys(body)).toEqual(['id', 'object', 'type', 'mode', 'created_at', 'data']);
    expect(body).toMatchObject({
      id: expect.stringMatching(/^evt_[0-9a-f]{32}$/),
      object: 'event',
      type: 'task.verified',
      mode: 'test',
      data: { id: taskId, object: 'task', status: 'verified', output: { verdict: 'genuine' } },
    });
    expect(event.id).toBe(body.id);
    expect(new Date(body.created_at).toISOString()).toBe(body.created_at);
  });

  it('carries the output only once it is verified', async () => {
    const { organization, owner } = await organizationWithOwner();
    await createEndpoint(owner, { url });
    const { taskId } = await createVerifiedTask({ organization });
    const facts = [await factOf(taskId, 'task.submitted'), await factOf(taskId, 'task.completed')];
    await react(facts);
    const outputs = await Promise.all(
      facts.map(async ({ taskEventId }) => (await bodyOf(taskEventId)).body.data.output),
    );
    expect(outputs).toEqual([null, { verdict: 'genuine' }]);
  });

  it('that nobody wants costs one query and leaves no row', async () => {
    const { taskId } = await createVerifiedTask();
    const fact = await factOf(taskId, 'task.verified');
    let queries = 0;
    await transaction(async (tx) => {
      // It has nothing but raw queries, so any other read would fail.
      const counting = {
        $queryRaw: (...query: Parameters<Tx['$queryRaw']>) => {
          queries += 1;
          return tx.$queryRaw(...query);
        },
      } as Tx;
      expect(await createDeliveries(counting, [fact])).toEqual([]);
    });
    expect(queries).toBe(1);
    expect(await db.webhookEvent.count({ where: { taskId } })).toBe(0);
  });
});
