import { z } from 'zod';
import {
  closeOverdueVotings,
  closeVoting,
  dropOldDrafts,
  expireOverdueTasks,
  expireTask,
  handInDraft,
  handInDueDrafts,
  LAST_CALL,
  lapseAssignment,
  lapseOverdueAssignments,
} from '@/server/features/tasks';
import { db } from '@/server/platform/db';
import type { OutboxRow, OutgoingEvent, Subscriber } from '@/server/platform/outbox';
import { type Job, job, sweep } from '@/server/transport/jobs/job';
import { callBackup, routeTask } from './route-task';
import { routeForWorker, routeWaitingTasks } from './route-worker';

const TaskId = z.object({ taskId: z.string() });
const Deadline = TaskId.extend({
  expiresAt: z.string(),
  /** Missing where no vote beyond the minimum can be bought. */
  lastCallAt: z.string().optional(),
});

/**
 * At 80 % of the SLA, one event a task: a backup is called, and a vote beyond the minimum that nobody has
 * taken up is waited for no longer; at 95 % neither is one that is under way. At the end, the task expires.
 */
const deadline = job(
  { id: 'tasks/deadline', event: 'task/deadline', data: Deadline, retries: 10 },
  async ({ data, step }) => {
    const open = await step.run('call-backup', async () => {
      await callBackup(data.taskId);
      await closeVoting(data.taskId, { evenIfAtWork: false });
      return isOpen(data.taskId);
    });
    if (!open) return;
    if (data.lastCallAt) {
      await step.sleepUntil('until-last-call', new Date(data.lastCallAt));
      await step.run('last-call', () => closeVoting(data.taskId, { evenIfAtWork: true }));
    }
    // The engine keeps whole seconds; a moment too early would find the task not yet due.
    const wholeSecond = Math.ceil(Date.parse(data.expiresAt) / 1000) * 1000;
    await step.sleepUntil('until-expiry', new Date(wholeSecond));
    await step.run('expire', () => expireTask(data.taskId));
  },
);

const route = job(
  { id: 'tasks/route', event: 'task/route', data: TaskId, retries: 5 },
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

const lapse = job(
  {
    id: 'assignments/lapse',
    event: 'assignment/lapse',
    data: z.object({ assignmentId: z.string() }),
    retries: 10,
  },
  async ({ data, step }) => step.run('lapse', () => lapseAssignment(data.assignmentId)),
);

const handIn = job(
  {
    id: 'assignments/hand-in',
    event: 'assignment/hand-in',
    data: z.object({ assignmentId: z.string() }),
    retries: 10,
  },
  async ({ data, step }) => step.run('hand-in', () => handInDraft(data.assignmentId)),
);

/** What a lost timer, a lost hint or an outage left behind. */
const sweepTasks = sweep({ id: 'tasks/sweep', cron: '* * * * *' }, async ({ step }) => {
  // First, so that no answer given in time is lost to a deadline.
  const handedIn = await step.run('hand-in', handInDueDrafts);
  const closed = await step.run('close-votings', closeOverdueVotings);
  const expired = await step.run('expire', expireOverdueTasks);
  const lapsed = await step.run('lapse', lapseOverdueAssignments);
  const routed = await step.run('route', () => routeWaitingTasks());
  await step.run('drop-drafts', dropOldDrafts);
  return { handedIn, closed, expired, lapsed, routed };
});

export const jobs: Job[] = [deadline, route, routeWorker, lapse, handIn, sweepTasks];

async function isOpen(taskId: string): Promise<boolean> {
  const open = await db.task.count({
    where: { id: taskId, status: { in: ['posted', 'assigned', 'submitted'] } },
  });
  return open > 0;
}

const text = (row: OutboxRow, field: string) =>
  String((row.data as Record<string, unknown>)[field]);

/** A task was created: its deadline is set, and where the hint did not route it, a job does. */
const onCreated: Subscriber = async (rows, tx) => {
  const tasks = await tx.task.findMany({
    where: { id: { in: rows.map((row) => text(row, 'taskId')) } },
    orderBy: { id: 'asc' },
    select: {
      id: true,
      createdAt: true,
      expiresAt: true,
      slaSeconds: true,
      openSeats: true,
      minVotes: true,
      maxVotes: true,
      mode: true,
    },
  });
  const modes = await tx.worker.findMany({
    where: { online: true, status: 'active' },
    select: { mode: true },
    distinct: ['mode'],
  });
  const anybody = new Set(modes.map((worker) => worker.mode));
  return tasks.flatMap((task): OutgoingEvent[] => [
    {
      id: `deadline:${task.id}`,
      name: 'task/deadline',
      data: {
        taskId: task.id,
        expiresAt: task.expiresAt.toISOString(),
        ...(task.maxVotes > task.minVotes ? { lastCallAt: lastCallOf(task).toISOString() } : {}),
      },
      ts: task.createdAt.getTime() + task.slaSeconds * 800,
    },
    ...(task.openSeats > 0 && anybody.has(task.mode)
      ? [routeEvent(task.id, `create:${task.id}`)]
      : []),
  ]);
};

const lastCallOf = (task: { createdAt: Date; slaSeconds: number }) =>
  new Date(task.createdAt.getTime() + task.slaSeconds * 1_000 * LAST_CALL);

function routeEvent(taskId: string, id: string): OutgoingEvent {
  return { id: `route:${id}`, name: 'task/route', data: { taskId } };
}

const routeAgain: Subscriber = async (rows, tx) => [
  ...rows.map((row) => routeEvent(text(row, 'taskId'), row.id)),
  // Whoever let it go is free for another one.
  ...(await routeFreed(rows, tx)),
];

const hasAssignment = (row: OutboxRow) => 'assignmentId' in (row.data as object);

const setLapse: Subscriber = async (rows) =>
  rows.filter(hasAssignment).map((row) => ({
    id: `lapse:${row.id}`,
    name: 'assignment/lapse',
    data: { assignmentId: text(row, 'assignmentId') },
    ts: Date.parse(text(row, 'lapsesAt')),
  }));

/** The engine keeps whole seconds; a moment too early would find the answer still undoable. */
const setHandIn: Subscriber = async (rows) =>
  rows.map((row) => ({
    id: `hand-in:${row.id}`,
    name: 'assignment/hand-in',
    data: { assignmentId: text(row, 'assignmentId') },
    ts: Math.ceil(Date.parse(text(row, 'submitsAt')) / 1000) * 1000,
  }));

/** A worker has a free place: worth a job only where some task of any mode waits with a seat. */
const routeFreed: Subscriber = async (rows, tx) => {
  const freed = rows.filter((row) => 'workerId' in (row.data as object));
  if (freed.length === 0) return [];
  const waiting = await tx.task.findFirst({
    where: { openSeats: { gt: 0 }, status: { in: ['posted', 'assigned'] } },
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
  'task.requeued': routeAgain,
  'assignment.released': routeAgain,
  'assignment.lapsed': routeAgain,
  'task.assigned': setLapse,
  'assignment.joined': setLapse,
  'assignment.started': setLapse,
  'assignment.ended': routeFreed,
  'task.submitted': routeFreed,
  'answer.received': routeFreed,
  'worker.online': routeFreed,
  'draft.waiting': setHandIn,
};
