import { z } from 'zod';
import type { OutboxRow, OutgoingEvent, Subscriber } from '@/server/platform/outbox';
import type { DueWork } from '@/server/transport/jobs/clock';
import { type Job, sweep, timer } from '@/server/transport/jobs/job';
import { callForBackup } from './backup-call';
import { closeOverdueVotings, closeVoting } from './close-voting';
import { Deadlines, deadlineTimer, deadlineTimers, isOpen } from './deadline-timers';
import { expireTask } from './expire-task';
import { handInDraft, handInDueDrafts, nextHandInAt } from './hand-in-draft';
import { indexTasks } from './index-tasks';
import { lapseAssignment, lapseDueAssignments, nextLapseAt } from './lapse-assignments';
import { meetDeadlines, nextDeadlineAt } from './meet-deadlines';
import { dropOldDrafts } from './save-draft';

/** Batches per run; the next run continues. */
const BATCHES_MAX = 50;

/** Indexes older tasks for the search; a no-op once all are indexed. */
const sweepUnindexed = sweep({ id: 'tasks/index', cron: '* * * * *' }, async ({ step }) => {
  await step.run('index', async () => {
    for (let batch = 0; batch < BATCHES_MAX; batch++) if ((await indexTasks()) === 0) return;
  });
});

/** Cases the clock does not cover: votes returned after the last call, and abandoned drafts. */
const sweepTasks = sweep({ id: 'tasks/sweep', cron: '* * * * *' }, ({ step }) =>
  step.run('sweep', async () => ({
    closed: await closeOverdueVotings(),
    dropped: await dropOldDrafts(),
  })),
);

export const jobs: Job[] = [sweepUnindexed, sweepTasks];

/** Answers first, so that none submitted in time is lost to a deadline. */
export const due: DueWork[] = [
  { name: 'handedIn', run: handInDueDrafts, nextAt: nextHandInAt },
  { name: 'deadlines', run: meetDeadlines, nextAt: nextDeadlineAt },
  { name: 'lapsed', run: lapseDueAssignments, nextAt: nextLapseAt },
];

const Deadline = Deadlines.omit({ backupAt: true }).extend({ taskId: z.string() });

timer({ event: 'task/deadline', data: Deadline }, async ({ data, step }) => {
  const isStillOpen = await step.run('call-backup', async () => {
    await callForBackup(data.taskId);
    await closeVoting(data.taskId, { evenIfAtWork: false });
    return isOpen(data.taskId);
  });
  if (!isStillOpen) return;
  if (data.lastCallAt) {
    await step.sleepUntil('until-last-call', new Date(data.lastCallAt));
    await step.run('last-call', () => closeVoting(data.taskId, { evenIfAtWork: true }));
  }
  await step.sleepUntil('until-expiry', new Date(data.expiresAt));
  await step.run('expire', () => expireTask(data.taskId));
});

const AssignmentRef = z.object({ assignmentId: z.string() });

timer({ event: 'assignment/lapse', data: AssignmentRef }, async ({ data, step }) =>
  step.run('lapse', () => lapseAssignment(data.assignmentId)),
);

timer({ event: 'assignment/hand-in', data: AssignmentRef }, async ({ data, step }) =>
  step.run('hand-in', () => handInDraft(data.assignmentId)),
);

const text = (row: OutboxRow, field: string) =>
  String((row.data as Record<string, unknown>)[field]);

/** Based on the row; rows of an earlier version lack it. */
const setDeadlines: Subscriber = async (rows, tx) => {
  const timers: OutgoingEvent[] = [];
  const unsaid: string[] = [];
  for (const row of rows) {
    const { data } = Deadlines.safeParse(row.data);
    const taskId = text(row, 'taskId');
    if (data) timers.push(deadlineTimer(taskId, data));
    else unsaid.push(taskId);
  }
  return unsaid.length > 0 ? [...timers, ...(await deadlineTimers(tx, unsaid))] : timers;
};

const hasAssignment = (row: OutboxRow) => 'assignmentId' in (row.data as object);

const setLapse: Subscriber = async (rows) =>
  rows.filter(hasAssignment).map((row) => ({
    id: `lapse:${row.id}`,
    name: 'assignment/lapse',
    data: { assignmentId: text(row, 'assignmentId') },
    ts: Date.parse(text(row, 'lapsesAt')),
  }));

const setHandIn: Subscriber = async (rows) =>
  rows.map((row) => ({
    id: `hand-in:${row.id}`,
    name: 'assignment/hand-in',
    data: { assignmentId: text(row, 'assignmentId') },
    ts: Date.parse(text(row, 'submitsAt')),
  }));

export const subscribers: Record<string, Subscriber> = {
  'task.created': setDeadlines,
  'task.assigned': setLapse,
  'assignment.joined': setLapse,
  'assignment.started': setLapse,
  'draft.waiting': setHandIn,
};
