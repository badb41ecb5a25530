import { beforeAll, describe, expect, it } from 'vitest';
import { getActivity } from '@/server/features/insight/get-activity';
import { listPeople } from '@/server/features/people/list-people';
import { getReceipt } from '@/server/features/receipts/get-receipt';
import { cancelTask, getTask } from '@/server/features/tasks';
import { cancelTasks } from '@/server/features/tasks/cancel-tasks';
import { countTasks } from '@/server/features/tasks/count-tasks';
import { countTypes } from '@/server/features/tasks/count-types';
import { exportTasks } from '@/server/features/tasks/export-tasks';
import { findTasks, getTaskRows } from '@/server/features/tasks/find-tasks';
import { listTaskEvents, listTasks } from '@/server/features/tasks/queries';
import { FindTasks, ListTasksQuery } from '@/server/features/tasks/schema';
import { getUsage } from '@/server/features/usage';
import { getSpend } from '@/server/features/usage/get-spend';
import { judgeTask } from '@/server/features/verification';
import { createEndpoint } from '@/server/features/webhooks';
import { subscribers } from '@/server/jobs';
import { db } from '@/server/platform/db';
import { createRelay } from '@/server/platform/outbox';
import { useTestDatabase } from '@/server/testing/database';
import { workerActor } from '@/server/testing/factories';
import { askAbout, COIN_TYPE, createGoldSetting, judgeCoin } from '@/server/testing/gold-setting';
import { sowGold } from './sow-gold';

useTestDatabase();

const USAGE = { period: 'day' } as const;
const ACTIVITY = { range: '24h' } as const;

let setting: Awaited<ReturnType<typeof createGoldSetting>>;
let taskId: string;
let goldTaskIds: string[];

// One verified task of the customer's, and three golds: right, wrong, and pending.
beforeAll(async () => {
  setting = await createGoldSetting();
  const { member, organization, customer } = setting;
  await createEndpoint(member, { url: 'https://example.com/hooks' });
  const worker = await workerActor({ mode: 'live', online: false, pool: organization });
  taskId = (await askAbout(customer, 'Obol')).id;
  let answerId = await judgeCoin(worker, taskId);
  await judgeTask(taskId);
  goldTaskIds = [];
  for (const verdict of ['real', 'fake'] as const) {
    const goldTaskId = (await sowGold(answerId)) ?? '';
    answerId = await judgeCoin(worker, goldTaskId, verdict);
    await judgeTask(goldTaskId);
    goldTaskIds.push(goldTaskId);
  }
  goldTaskIds.push((await sowGold(answerId)) ?? '');
  const statuses = await db.task.findMany({
    where: { id: { in: goldTaskIds } },
    orderBy: { status: 'asc' },
    select: { status: true },
  });
  expect(statuses.map(({ status }) => status)).toEqual(['posted', 'verified', 'failed']);
});

describe('golds are none of their customer’s results', () => {
  it('in lists, search, counts, types and exports', async () => {
    const { member, customer } = setting;
    const ids = (found: { data: { id: string }[] }) => found.data.map(({ id }) => id);
    expect(ids(await listTasks(customer, ListTasksQuery.parse({})))).toEqual([taskId]);
    expect(ids(await findTasks(member, FindTasks.parse({ filter: {} })))).toEqual([taskId]);
    for (const search of ['Gold', ...goldTaskIds]) {
      const found = await findTasks(member, FindTasks.parse({ filter: { search } }));
      expect(ids(found)).toEqual([]);
    }
    await expect(getTaskRows(member, goldTaskIds)).rejects.toMatchObject({ status: 404 });
    expect(await countTasks(member)).toEqual({ verified: 1 });
    expect(await countTypes(member)).toMatchObject([{ type: COIN_TYPE, tasks: 1, ended: 1 }]);
    expect(ids(await exportTasks(member, {}))).toEqual([taskId]);
    expect(await db.taskSearch.count({ where: { taskId: { in: goldTaskIds } } })).toBe(0);
  });

  it('by id: they answer as what does not exist, to reading, following and cancelling', async () => {
    const { member, customer } = setting;
    for (const id of goldTaskIds) {
      for (const read of [getTask, listTaskEvents, getReceipt, cancelTask]) {
        await expect(read(customer, id)).rejects.toMatchObject({ status: 404 });
      }
    }
    expect(await cancelTasks(member, goldTaskIds)).toMatchObject(
      goldTaskIds.map((id) => ({ id, ok: false, code: 'not_found' })),
    );
    const operator = { kind: 'operator', userId: setting.member.userId, mode: 'live' } as const;
    expect(await getTask(operator, goldTaskIds[0] ?? '')).toMatchObject({ status: 'verified' });
  });

  it('in usage, insight and what is shown of people, but for the sats that they cost', async () => {
    const { member, customer } = setting;
    const rows = await db.task.findMany({ where: { organizationId: setting.organization.id } });
    const sum = (of: (row: (typeof rows)[number]) => bigint) =>
      Number(rows.reduce((total, row) => total + of(row), 0n));
    const spent = sum((row) => row.chargedSats);
    const { total } = await getUsage(customer, USAGE);
    expect(total.tasks).toMatchObject({ created: 1, verified: 1, failed: 0, posted: 0 });
    expect(total.spent_sats).toBe(spent);
    expect(total.held_sats).toBe(sum((row) => (row.completedAt ? 0n : row.heldSats)));
    const spend = await getSpend(member, { days: 7 });
    expect(spend.total).toMatchObject({ tasks: 1, spentSats: spent });
    const activity = await getActivity(member, ACTIVITY);
    expect(activity.total).toMatchObject({ created: 1, verified: 1, failed: 0, open: 0 });
    expect(activity.funnel.rejected.every(({ count }) => count === 0)).toBe(true);
    expect((await listPeople(member, {})).data).toMatchObject([
      { answers: { accepted: 1, rejected: 0 }, pace: [{ answers: 1 }] },
    ]);
  });

  it('in events: no endpoint gets one, and no page of the organization hears of one', async () => {
    const told = await db.outboxRow.findMany();
    const ofGolds = told.filter(({ data }) =>
      goldTaskIds.includes(String((data as { taskId?: string }).taskId)),
    );
    expect(ofGolds.length).toBeGreaterThan(5);
    for (const { live } of ofGolds) expect(live ?? {}).not.toHaveProperty('organizationId');
    await createRelay({ subscribers, publish: async () => [] }).drain();
    const events = await db.webhookEvent.findMany({ select: { taskId: true } });
    expect(new Set(events.map((event) => event.taskId))).toEqual(new Set([taskId]));
  });
});
