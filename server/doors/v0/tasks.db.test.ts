import { beforeAll, describe, expect, it } from 'vitest';
import { sendPayout } from '@/server/features/payouts/send-payout';
import { takeNextTask } from '@/server/features/routing';
import { listAssignments, submitAnswer } from '@/server/features/tasks';
import { findTasks } from '@/server/features/tasks/find-tasks';
import { getTaskRequest } from '@/server/features/tasks/get-task-request';
import { V0Task, V0TaskList } from '@/server/features/v0/schema';
import { db } from '@/server/platform/db';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import {
  createKey,
  createOrganization,
  memberActor,
  workerActor,
} from '@/server/testing/factories';
import { V0_CREATE } from '@/server/testing/v0-create';
import { createVerifiedTask } from '@/server/testing/verified-task';

useTestDatabase();

const BODY = V0_CREATE;
let organization: Awaited<ReturnType<typeof createOrganization>>;
let key: string;
let keys = 0;

beforeAll(async () => {
  organization = await createOrganization({ funds: 100_000_000 });
  key = (await createKey(organization, 'test')).text;
});

const create = (over: Record<string, unknown> = {}, who = key) =>
  call('POST', '/v0/tasks', {
    key: who,
    body: { idempotencyKey: `key-${++keys}`, ...BODY, ...over },
  });

describe('GET /v0/tasks/{id}', () => {
  it('shows a task while it is worked on, and no output before it is verified', async () => {
    const worker = await workerActor();
    const { body: task } = await create({ taskType: 'v0_life' });
    const assignment = await takeUntil(worker, String(task.id));
    const path = `/v0/tasks/${task.id}`;
    const during = await call('GET', path, { key });
    expect(V0Task.parse(during.body)).toMatchObject({ status: 'assigned' });
    await submitAnswer(worker, { assignmentId: assignment, output: { eligible: true } });
    const after = V0Task.parse((await call('GET', path, { key })).body);
    expect(after.status).toBe('submitted');
    expect(after).not.toHaveProperty('output');
  });

  it('shows what was paid in sats, and the output as an object', async () => {
    const { taskId, payoutIds } = await createVerifiedTask({ organization, payoutSats: 454n });
    await db.task.update({ where: { id: taskId }, data: { output: ['a', 'b'] } });
    const open = V0Task.parse((await call('GET', `/v0/tasks/${taskId}`, { key })).body);
    expect(open.output).toEqual({ value: ['a', 'b'] });
    expect(open).not.toHaveProperty('payoutResult');
    const paidAt = new Date('2026-03-01T12:00:00Z');
    for (const id of payoutIds) await sendPayout(id);
    await db.payout.updateMany({ where: { id: { in: payoutIds } }, data: { paidAt } });
    const paid = V0Task.parse((await call('GET', `/v0/tasks/${taskId}`, { key })).body);
    expect(paid.payoutResult).toEqual({
      id: payoutIds[0],
      amount: 454,
      currency: 'SATS',
      rail: 'lightning',
      paidAt: paidAt.toISOString(),
    });
  });

  it('shows tasks of v1 too, and v1 those of v0', async () => {
    const v1 = await call('POST', '/v1/tasks', {
      key,
      body: { type: 'mixed', payload: { q: 1 }, payout_sats: 100 },
    });
    const shown = V0Task.parse((await call('GET', `/v0/tasks/${v1.body.id}`, { key })).body);
    expect(shown).toMatchObject({
      idempotencyKey: '',
      payout: { currency: 'SATS', maxAmount: 220 },
    });
    const v0 = await create({ idempotencyKey: 'seen-by-v1' });
    const { body } = await call('GET', `/v1/tasks/${v0.body.id}`, { key });
    expect(body).toMatchObject({
      type: BODY.taskType,
      idempotency_key: 'seen-by-v1',
      payload: BODY.payload,
    });
  });

  it('makes a request of v1 for the playground, without metadata that v1 does not take', async () => {
    const metadata = { order: 7, lines: [1, 2], ['k'.repeat(65)]: 'long' };
    const { body } = await create({ metadata });
    const actor = await memberActor(organization);
    const request = await getTaskRequest(actor, String(body.id));
    expect(request).toMatchObject({ type: BODY.taskType, metadata: { order: 7 } });
    expect(Object.keys(request.metadata ?? {})).toEqual(['order']);
  });

  it('is found in the dashboard by the words of its metadata', async () => {
    const { body } = await create({ metadata: { customer: { surname: 'Zanzibari' } } });
    const actor = await memberActor(organization);
    const { data } = await findTasks(actor, { filter: { search: 'zanzibari' } });
    expect(data.map(({ id }) => id)).toEqual([body.id]);
  });

  it.each(['not-an-id', '0198c0de-0000-7000-8000-000000000000'])(
    'answers 404 to %s',
    async (id) => {
      const { status, body } = await call('GET', `/v0/tasks/${id}`, { key });
      expect([status, body.error?.type, body.error?.code]).toEqual([404, 'not_found', 'not_found']);
    },
  );
});

describe('GET /v0/tasks', () => {
  it('pages through everything once, newest first, by task ids', async () => {
    const { text } = await createKey(await createOrganization({ funds: 100_000 }), 'test');
    const made: string[] = [];
    for (let n = 0; n < 5; n++) made.unshift(String((await create({}, text)).body.id));
    const seen: string[] = [];
    let after = '';
    for (;;) {
      const { body } = await call('GET', `/v0/tasks?limit=2${after}`, { key: text });
      const page = V0TaskList.parse(body);
      seen.push(...page.data.map(({ id }) => id));
      expect(page.data[0]?.payout).toEqual(BODY.payout);
      expect(page.hasMore).toBe('nextCursor' in page);
      if (!page.hasMore) break;
      expect(page.nextCursor).toBe(page.data.at(-1)?.id);
      after = `&after=${page.nextCursor}`;
    }
    expect(seen).toEqual(made);
  });

  it('filters by status, type and time, both ends of it included', async () => {
    const { body } = await create({ taskType: 'v0_filtered' });
    const at = encodeURIComponent(String(body.createdAt));
    const found = async (query: string) =>
      V0TaskList.parse((await call('GET', `/v0/tasks?${query}`, { key })).body).data.length;
    const own = 'task_type=v0_filtered';
    expect(await found(own)).toBe(1);
    expect(await found(`${own}&status=posted`)).toBe(1);
    expect(await found(`${own}&status=failed`)).toBe(0);
    expect(await found(`${own}&created_after=${at}&created_before=${at}`)).toBe(1);
    expect(await found(`${own}&created_after=2100-01-01`)).toBe(0);
  });

  it.each([
    ['limit', 'limit=0'],
    ['limit', 'limit=101'],
    ['status', 'status=paid'],
    ['after', 'after=nonsense'],
    ['created_after', 'created_after=yesterday'],
    ['taskType', 'taskType=camel'],
    ['metadata', 'metadata[a]=b'],
  ])('names %s at fault in ?%s', async (field, query) => {
    const { status, body } = await call('GET', `/v0/tasks?${query}`, { key });
    expect(status).toBe(400);
    expect(Object.keys(body.error?.details as object)).toEqual([field]);
  });
});

describe('POST /v0/tasks/{id}/cancel', () => {
  it('gives id, status and time; a second time it is a conflict', async () => {
    const { body: task } = await create();
    const path = `/v0/tasks/${task.id}/cancel`;
    const { status, body } = await call('POST', path, { key });
    expect([status, Object.keys(body).toSorted()]).toEqual([200, ['cancelledAt', 'id', 'status']]);
    expect(body).toMatchObject({ id: task.id, status: 'cancelled' });
    const row = await db.task.findUniqueOrThrow({ where: { id: String(task.id) } });
    expect(body.cancelledAt).toBe(row.completedAt?.toISOString());
    const again = await call('POST', path, { key });
    expect([again.status, again.body.error?.type, again.body.error?.code]).toEqual([
      409,
      'conflict',
      'task_not_cancellable',
    ]);
    expect(again.body.error?.details).toEqual({ status: 'cancelled' });
  });
});

/** Takes queued tasks until it gets this one. */
async function takeUntil(worker: Awaited<ReturnType<typeof workerActor>>, taskId: string) {
  for (let n = 0; n < 100; n++) {
    const assignments = await listAssignments(worker);
    const own = assignments.find((assignment) => assignment.task.id === taskId);
    if (own) return own.id;
    await db.worker.update({ where: { id: worker.workerId }, data: { capacity: 1_000 } });
    if (!(await takeNextTask(worker))) break;
  }
  throw new Error('The task did not come up.');
}
