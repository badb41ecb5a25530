import { z } from 'zod';
import { dropCountedEvidence } from '@/server/features/verification';
import { clock } from '@/server/platform/clock';
import { transaction } from '@/server/platform/db';
import type { Subscriber } from '@/server/platform/outbox';
import { type Job, job, sweep } from '@/server/transport/jobs/job';
import { advanceAppeal, advanceWaitingAppeals } from './advance-appeal';
import { APPEAL_MS_MAX } from './appeal-answer';

const advance = job(
  {
    id: 'appeals/advance',
    event: 'appeal/advance',
    data: z.object({ appealId: z.string() }),
    retries: 10,
  },
  async ({ data, step }) => step.run('advance', () => advanceAppeal(data.appealId)),
);

/** Appeals past their deadline, and those whose event was lost. */
const sweepOpen = sweep({ id: 'appeals/sweep', cron: '* * * * *' }, async ({ step }) =>
  step.run('advance', () => advanceWaitingAppeals()),
);

const sweepEvidence = sweep({ id: 'appeals/evidence', cron: '17 * * * *' }, async ({ step }) =>
  step.run('drop', () =>
    transaction((tx) => dropCountedEvidence(tx, new Date(clock.nowMs() - APPEAL_MS_MAX))),
  ),
);

export const jobs: Job[] = [advance, sweepOpen, sweepEvidence];

const idsOf = (rows: Parameters<Subscriber>[0], name: 'appealId' | 'reviewId' | 'taskId') =>
  rows.flatMap(({ data }) => {
    const id = (data as Record<string, unknown>)[name];
    return typeof id === 'string' ? [id] : [];
  });

const eventsFor = (appealIds: readonly string[], rows: Parameters<Subscriber>[0]) =>
  [...new Set(appealIds)].map((appealId) => ({
    id: `appeal:${appealId}:${rows[0]?.id}`,
    name: 'appeal/advance',
    data: { appealId },
  }));

/** Runs at once, and again at the deadline. */
const onOpened: Subscriber = async (rows, tx) => {
  const appealIds = idsOf(rows, 'appealId');
  const appeals = await tx.appeal.findMany({
    where: { id: { in: appealIds } },
    orderBy: { id: 'asc' },
    select: { id: true, dueAt: true },
  });
  const due = appeals.map(({ id, dueAt }) => ({
    id: `appeal-due:${id}`,
    name: 'appeal/advance',
    data: { appealId: id },
    ts: dueAt.getTime(),
  }));
  return [...eventsFor(appealIds, rows), ...due];
};

const onReview: Subscriber = async (rows, tx) => {
  const reviews = await tx.review.findMany({
    where: { id: { in: idsOf(rows, 'reviewId') }, appealId: { not: null } },
    orderBy: { id: 'asc' },
    select: { appealId: true },
  });
  return eventsFor(
    reviews.flatMap(({ appealId }) => appealId ?? []),
    rows,
  );
};

/** A re-vote or the appealed task itself has ended; nothing is decided before the task ends. */
const onTaskEnded: Subscriber = async (rows, tx) => {
  const taskIds = idsOf(rows, 'taskId');
  const found = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM appeals WHERE task_id = ANY(${taskIds}::uuid[]) AND status = 'open'
     UNION
    SELECT appeal_id FROM tasks WHERE id = ANY(${taskIds}::uuid[]) AND appeal_id IS NOT NULL
     ORDER BY 1`;
  return eventsFor(
    found.map(({ id }) => id),
    rows,
  );
};

export const subscribers: Record<string, Subscriber> = {
  'appeal.opened': onOpened,
  'review.decided': onReview,
  'task.verified': onTaskEnded,
  'task.failed': onTaskEnded,
  'task.cancelled': onTaskEnded,
  'task.expired': onTaskEnded,
};
