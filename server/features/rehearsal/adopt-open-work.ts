import { answerTimes } from '@/server/features/sandbox';
import { deadlineTimers, moveToCrowd } from '@/server/features/tasks';
import { probationEnds } from '@/server/features/verification';
import { db, Prisma } from '@/server/platform/db';
import type { OutgoingEvent } from '@/server/platform/outbox';
import { addJobs } from './jobs-table';

const REVIEW_MS = 500;

/**
 * Recreates the jobs of everything open in an organization's test mode from its rows: for a clock
 * that was just stopped, because their timers are in the engine, and for one whose holder crashed.
 * Each job re-reads state, so superfluous ones do nothing.
 */
export async function adoptOpenWork(organizationId: string, nowMs: number): Promise<void> {
  await moveToCrowd(organizationId);
  const events = (
    await Promise.all([
      tasksOf(organizationId, nowMs),
      assignmentsOf(organizationId),
      judgementsOf(organizationId),
      appealsOf(organizationId, nowMs),
      deliveriesOf(organizationId),
      payoutsOf(organizationId),
      probationEnds(db, { organizationId }),
    ])
  ).flat();
  await addJobs(db, organizationId, nowMs, events);
}

const OPEN = ['posted', 'assigned', 'submitted'] as const;
const testTask = (organizationId: string) => ({ organizationId, mode: 'test' as const });

async function tasksOf(organizationId: string, nowMs: number): Promise<OutgoingEvent[]> {
  const tasks = await db.task.findMany({
    where: { ...testTask(organizationId), status: { in: [...OPEN] } },
    orderBy: { id: 'asc' },
    select: { id: true, openSeats: true },
  });
  const timers = await deadlineTimers(
    db,
    tasks.map(({ id }) => id),
  );
  return [
    ...timers.map((event) => ({ ...event, id: `adopt:${event.id}` })),
    ...tasks
      .filter(({ openSeats }) => openSeats > 0)
      .map(({ id }) => ({
        ...{ id: `adopt:route:${id}`, name: 'task/route' },
        ...{ data: { taskId: id }, ts: nowMs },
      })),
  ];
}

async function assignmentsOf(organizationId: string): Promise<OutgoingEvent[]> {
  const assignments = await db.assignment.findMany({
    where: { status: { in: ['offered', 'active'] }, task: testTask(organizationId) },
    orderBy: { id: 'asc' },
    select: { id: true, lapsesAt: true },
  });
  const ids = assignments.map(({ id }) => id);
  const answers = await answerTimes(db, ids);
  return [
    ...assignments.map(({ id, lapsesAt }) => ({
      id: `adopt:lapse:${id}:${lapsesAt.getTime()}`,
      name: 'assignment/lapse',
      data: { assignmentId: id },
      ts: lapsesAt.getTime(),
    })),
    ...answers.map((event) => ({ ...event, id: `adopt:${event.id}` })),
  ];
}

/**
 * Tasks that wait to be judged, and reviews that block tasks. Audits are excluded: their results
 * would leak from one rehearsal into the next.
 */
async function judgementsOf(organizationId: string): Promise<OutgoingEvent[]> {
  const tasks = await db.task.findMany({
    where: {
      ...testTask(organizationId),
      status: 'submitted',
      answers: { some: { status: 'pending' } },
    },
    orderBy: { id: 'asc' },
    select: { id: true, sequence: true, updatedAt: true },
  });
  const reviews = await db.$queryRaw<{ id: string; createdAt: Date }[]>`
    SELECT r.id::text AS id, r.created_at AS "createdAt" FROM reviews r JOIN tasks t ON t.id = r.task_id
     WHERE ${inTestMode(organizationId)} AND r.status = 'open' AND r.blocking
       AND r.kind <> 'appeal'
     ORDER BY r.id`;
  return [
    ...tasks.map(({ id, sequence, updatedAt }) => ({
      id: `adopt:judge:${id}:${sequence}`,
      name: 'verification/run',
      data: { taskId: id },
      ts: updatedAt.getTime(),
    })),
    ...reviews.map(({ id, createdAt }) => ({
      id: `adopt:review:${id}`,
      name: 'sandbox/review',
      data: { reviewId: id },
      ts: createdAt.getTime() + REVIEW_MS,
    })),
  ];
}

/** Advances appeals after decisions, and decides them at their deadline. */
async function appealsOf(organizationId: string, nowMs: number): Promise<OutgoingEvent[]> {
  const open = await db.appeal.findMany({
    where: { ...testTask(organizationId), status: 'open' },
    orderBy: { id: 'asc' },
    select: { id: true, dueAt: true },
  });
  return open.flatMap(({ id, dueAt }) =>
    [nowMs, dueAt.getTime()].map((ts) => ({
      id: `adopt:appeal:${id}:${ts}`,
      name: 'appeal/advance',
      data: { appealId: id },
      ts,
    })),
  );
}

const inTestMode = (organizationId: string) =>
  Prisma.sql`t.organization_id = ${organizationId}::uuid AND t.mode = 'test'`;

async function deliveriesOf(organizationId: string): Promise<OutgoingEvent[]> {
  const pending = await db.delivery.findMany({
    where: { ...testTask(organizationId), status: 'pending', nextAttemptAt: { not: null } },
    orderBy: { id: 'asc' },
    select: { id: true, url: true, attemptCount: true, nextAttemptAt: true },
  });
  return pending.map(({ id, url, attemptCount, nextAttemptAt }) => ({
    id: `adopt:deliver:${id}:${attemptCount}`,
    name: 'webhook/deliver',
    data: { deliveryId: id, host: new URL(url).host },
    ...(nextAttemptAt ? { ts: nextAttemptAt.getTime() } : {}),
  }));
}

async function payoutsOf(organizationId: string): Promise<OutgoingEvent[]> {
  const due = await db.payout.findMany({
    where: { ...testTask(organizationId), nextAttemptAt: { not: null } },
    orderBy: { id: 'asc' },
    select: { id: true, nextAttemptAt: true },
  });
  return due.map(({ id, nextAttemptAt }) => ({
    id: `adopt:payout:${id}:${nextAttemptAt?.getTime()}`,
    name: 'payout/send',
    data: { payoutId: id },
    ...(nextAttemptAt ? { ts: nextAttemptAt.getTime() } : {}),
  }));
}
