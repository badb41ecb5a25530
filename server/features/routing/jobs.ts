import { z } from 'zod';
import { onBackupCall } from '@/server/features/tasks';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import {
  enqueue,
  HINT_MS,
  type OutboxRow,
  type OutgoingEvent,
  type Subscriber,
} from '@/server/platform/outbox';
import { type Job, job, sweep } from '@/server/transport/jobs/job';
import { callBackup, routeTask } from './route-task';
import { routeForWorker, routeWaitingTasks } from './route-worker';

onBackupCall(callBackup);

const route = job(
  { id: 'tasks/route', event: 'task/route', data: z.object({ taskId: z.string() }), retries: 5 },
  async ({ data, step }) => step.run('route', () => routeTask(data.taskId)),
);

const routeWorker = job(
  {
    id: 'workers/route',
    event: 'worker/route',
    data: z.object({ workerId: z.string() }),
    retries: 5,
  },
  async ({ data, step }) => step.run('route', () => routeForWorker(data.workerId)),
);

/** What a lost hint or an outage left behind. */
const sweepWaiting = sweep({ id: 'routing/sweep', cron: '* * * * *' }, ({ step }) =>
  step.run('route', async () => ({ routed: await routeWaitingTasks() })),
);

export const jobs: Job[] = [route, routeWorker, sweepWaiting];

const text = (row: OutboxRow, field: string) =>
  String((row.data as Record<string, unknown>)[field]);

/** A task was created: most are routed by now or in a moment, in the process that made them. */
const onCreated: Subscriber = async (rows, tx) => {
  const waiting = await findWaiting(rows, tx);
  const at = new Date(clock.nowMs() + HINT_MS);
  await enqueue(
    tx,
    waiting.map(({ id: taskId }) => ({ topic: 'task.waiting', key: taskId, data: { taskId }, at })),
  );
  return [];
};

/** The hint did not route it: where somebody could take it, a job does. */
const onWaiting: Subscriber = async (rows, tx) =>
  (await findWaiting(rows, tx)).map(({ id }) => routeEvent(id, `create:${id}`));

async function findWaiting(rows: readonly OutboxRow[], tx: Tx): Promise<{ id: string }[]> {
  const waiting = await tx.task.findMany({
    where: { id: { in: rows.map((row) => text(row, 'taskId')) }, openSeats: { gt: 0 } },
    orderBy: { id: 'asc' },
    select: { id: true, mode: true },
  });
  if (waiting.length === 0) return [];
  const modes = await tx.worker.findMany({
    where: { online: true, status: 'active' },
    select: { mode: true },
    distinct: ['mode'],
  });
  const anybody = new Set(modes.map((worker) => worker.mode));
  return waiting.filter(({ mode }) => anybody.has(mode));
}

function routeEvent(taskId: string, id: string): OutgoingEvent {
  return { id: `route:${id}`, name: 'task/route', data: { taskId } };
}

const routeAgain: Subscriber = async (rows, tx) => [
  ...rows.map((row) => routeEvent(text(row, 'taskId'), row.id)),
  // Whoever let it go is free for another one.
  ...(await routeFreed(rows, tx)),
];

/**
 * A worker has a free place: worth a job only where some task of any mode waits with a seat, and is not being routed
 * just now.
 */
const routeFreed: Subscriber = async (rows, tx) => {
  const freed = rows.filter((row) => 'workerId' in (row.data as object));
  if (freed.length === 0) return [];
  const waiting = await tx.task.findFirst({
    where: {
      openSeats: { gt: 0 },
      status: { in: ['posted', 'assigned'] },
      createdAt: { lt: new Date(clock.nowMs() - HINT_MS) },
    },
    select: { id: true },
  });
  if (!waiting) return [];
  return freed.map((row) => ({
    id: `free:${row.id}`,
    name: 'worker/route',
    data: { workerId: text(row, 'workerId') },
  }));
};

export const subscribers: Record<string, Subscriber> = {
  'task.created': onCreated,
  'task.waiting': onWaiting,
  'task.requeued': routeAgain,
  'assignment.released': routeAgain,
  'assignment.lapsed': routeAgain,
  'assignment.ended': routeFreed,
  'task.submitted': routeFreed,
  'answer.received': routeFreed,
  'worker.online': routeFreed,
};
