import { db } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { findSubjects, type Subject } from './find-subjects';
import type { Instant } from './instant';
import { findDue, type JobEnd, settleJobs, type WaitingJob } from './jobs-table';
import { runJob } from './run-job';
import type { Happened } from './schema';

const JOBS_MAX = 400;

/** Concurrency for jobs whose statements are batched, and so need few connections. */
const AT_ONCE_TOGETHER = 50;
const MADE_TOGETHER: readonly string[] = [
  'sandbox/answer',
  'task/route',
  'verification/run',
  'payout/send',
  'webhook/deliver',
];

interface Due {
  job: WaitingJob;
  subject: Subject | undefined;
}

/**
 * Runs the due jobs of the first phase that has any, concurrently, but those of one task in order.
 * Judgements that produce evidence run one by one, before those that use it.
 * @returns the number run.
 */
export async function runDue(instant: Instant, told: (event: Happened) => void): Promise<number> {
  const { organizationId, nowMs } = instant;
  const jobs = await findDue(organizationId, nowMs, JOBS_MAX);
  if (jobs.length === 0) return 0;
  const subjects = await findSubjects(jobs);
  const due = jobs.map((job, n): Due => ({ job, subject: subjects[n] }));
  const [first] = jobs;
  const isFirst = firstOfTask(due);
  const alive = due.filter((each) => !isOver(each) && isFirst(each));
  const ends =
    first?.name === 'verification/run' ? await judge(instant, alive) : await runAll(instant, alive);
  for (const each of due) {
    if (!alive.includes(each)) ends.push({ id: each.job.id, end: { state: 'over' } });
  }
  await settleJobs(organizationId, ends);
  if (first?.name === 'webhook/deliver') await tellAttempts(jobs, nowMs, told);
  return jobs.length;
}

/** Skips the many timers of past events, and judgements that no longer apply. */
function isOver({ job, subject }: Due): boolean {
  if (!subject) return false;
  const { status, assignmentStatus } = subject;
  switch (job.name) {
    case 'verification/run':
      return status !== 'submitted';
    case 'task/deadline':
    case 'task/route':
      return status !== 'posted' && status !== 'assigned' && status !== 'submitted';
    case 'assignment/lapse':
      return assignmentStatus !== 'offered' && assignmentStatus !== 'active';
    default:
      return false;
  }
}

type Ends = { id: string; end: JobEnd }[];

/** Each answer of a task requests a judgement; the first one of an instant covers all. */
function firstOfTask(due: readonly Due[]): (each: Due) => boolean {
  const firsts = new Map<string, Due>();
  const keyOf = ({ job }: Due) =>
    job.name === 'verification/run' && Object.keys(job.steps).length === 0
      ? String(job.data.taskId)
      : job.id;
  for (const each of due) if (!firsts.has(keyOf(each))) firsts.set(keyOf(each), each);
  return (each) => firsts.get(keyOf(each)) === each;
}

async function runAll(instant: Instant, due: readonly Due[], lane?: string): Promise<Ends> {
  // Leaves connections for concurrent requests.
  const atOnce = MADE_TOGETHER.includes(due[0]?.job.name ?? '')
    ? AT_ONCE_TOGETHER
    : Math.max(1, Math.floor(env.DATABASE_POOL_SIZE / 2));
  const ends = await instant.each(
    due,
    { laneOf: ({ job, subject }) => lane ?? subject?.lane ?? job.id, atOnce },
    ({ job }) => runJob(job),
  );
  return ends.map((end, n) => ({ id: due[n]?.job.id ?? '', end }));
}

async function judge(instant: Instant, due: readonly Due[]): Promise<Ends> {
  const teaching = due.filter(({ subject }) => subject?.teaches);
  const others = due.filter(({ subject }) => !subject?.teaches);
  // The first of each type loads the data that the others share.
  const types = new Set<string | undefined>();
  const firsts = others.filter(({ subject }) => {
    const isFirst = !types.has(subject?.type);
    types.add(subject?.type);
    return isFirst;
  });
  const rest = others.filter((each) => !firsts.includes(each));
  return [
    ...(await runAll(instant, teaching, 'teaching')),
    ...(await runAll(instant, firsts, 'firsts')),
    ...(await runAll(instant, rest)),
  ];
}

async function tellAttempts(
  jobs: readonly WaitingJob[],
  nowMs: number,
  told: (event: Happened) => void,
): Promise<void> {
  const attempts = await db.deliveryAttempt.findMany({
    where: {
      deliveryId: { in: jobs.map(({ data }) => String(data.deliveryId)) },
      createdAt: new Date(nowMs),
    },
    orderBy: { id: 'asc' },
    select: {
      number: true,
      statusCode: true,
      delivery: { select: { url: true, event: { select: { type: true, taskId: true } } } },
    },
  });
  for (const { number, statusCode, delivery } of attempts) {
    told({
      at: new Date(nowMs).toISOString(),
      type: 'webhook.attempt',
      task_id: delivery.event.taskId,
      event_type: delivery.event.type,
      url: delivery.url,
      attempt: number,
      status_code: statusCode,
    });
  }
}
