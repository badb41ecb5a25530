import { z } from 'zod';
import type { Subscriber } from '@/server/platform/outbox';
import { isTracingOn } from '@/server/platform/tracing';
import { type Job, job } from '@/server/transport/jobs/job';
import { type TracedPayouts, tracePayouts, traceTask } from './trace-task';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** When pending payouts are checked again; one that takes longer gets no span. */
const WAITS_MS = [5 * SECOND_MS, MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS];

/** Named so that no test clock holds it: exporting traces changes nothing. */
const Ended = z.object({ endedTaskId: z.uuid() });

/**
 * Exports a task's steps and, as they are paid, its payouts. Uses engine steps, so that a crash
 * only repeats the current one.
 */
const trace = job(
  {
    id: 'traces/task',
    event: 'trace/task',
    data: Ended,
    concurrency: { limit: 20 },
    retries: 3,
  },
  async ({ data: { endedTaskId: taskId }, step }) => {
    if (!(await step.run('steps', () => traceTask(taskId)))) return;
    const known: string[] = [];
    const look = async (n: number): Promise<boolean> => {
      const seen: TracedPayouts = await step.run(`payouts-${n}`, () => tracePayouts(taskId, known));
      known.push(...seen.paid);
      return seen.isOpen;
    };
    let isOpen = await look(0);
    for (const [n, waitMs] of WAITS_MS.entries()) {
      if (!isOpen) return;
      await step.sleep(`wait-${n}`, waitMs);
      isOpen = await look(n + 1);
    }
  },
);

export const jobs: Job[] = [trace];

const TaskRef = z.object({ taskId: z.uuid() });

/** Does nothing if tracing is disabled. */
const onEnded: Subscriber = async (rows) =>
  isTracingOn()
    ? rows.map((row) => ({
        id: `trace:${row.key}`,
        name: 'trace/task',
        data: { endedTaskId: TaskRef.parse(row.data).taskId },
      }))
    : [];

export const subscribers: Record<string, Subscriber> = {
  'task.verified': onEnded,
  'task.failed': onEnded,
  'task.cancelled': onEnded,
  'task.expired': onEnded,
};
