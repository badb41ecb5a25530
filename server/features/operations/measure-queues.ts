import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { hotQuery, Prisma } from '@/server/platform/db';
import type { Measured } from '@/server/platform/metrics';
import { timePassesSql } from '@/server/platform/test-clock';

/** Counting stops here; tasks with the earliest deadline are counted first. */
const TASKS_MAX = 10_000;
const MS_PER_SECOND = 1_000;

const QUEUES = ['posted', 'assigned', 'submitted', 'deliveries'] as const;

interface QueueRow {
  mode: Mode;
  queue: (typeof QUEUES)[number];
  count: number;
  /** Since when the oldest item has been in the queue. */
  since: Date;
}

/**
 * Counts what waits for a worker, at a worker, for its judgement and for delivery, in one statement
 * on two partial indexes. Excludes items on a stopped test clock.
 */
async function countQueues(now: Date): Promise<QueueRow[]> {
  const [tasksPass, deliveriesPass] = await Promise.all([timePassesSql('t'), timePassesSql('d')]);
  return hotQuery<QueueRow>(Prisma.sql`
    SELECT mode::text AS mode, status::text AS queue, count(*)::int AS count, min(since) AS since
      FROM (SELECT t.mode, t.status,
                   CASE t.status WHEN 'assigned' THEN t.assigned_at
                                 WHEN 'submitted' THEN t.submitted_at
                                 ELSE t.created_at END AS since
              FROM tasks t
             WHERE t.status IN ('posted', 'assigned', 'submitted') AND ${tasksPass}
             ORDER BY t.expires_at LIMIT ${TASKS_MAX}) AS open
     GROUP BY 1, 2
     UNION ALL
    SELECT d.mode::text, 'deliveries', count(*)::int, min(d.next_attempt_at)
      FROM deliveries d
     WHERE d.status = 'pending' AND d.next_attempt_at <= ${now} AND ${deliveriesPass}
     GROUP BY 1`);
}

/** Queue sizes of both modes, and the age of the oldest item in each. */
export async function measureQueues(): Promise<Measured[]> {
  const now = clock.now();
  const rows = await countQueues(now);
  const cells = (['live', 'test'] as const).flatMap((mode) =>
    QUEUES.map((queue) => ({
      labels: { mode, queue },
      row: rows.find((each) => each.mode === mode && each.queue === queue),
    })),
  );
  const ageOf = ({ since }: QueueRow) => Math.max(0, now.getTime() - since.getTime());
  return [
    {
      name: 'humanrail_queue_length',
      help: `Posted, assigned and submitted tasks, counted up to ${TASKS_MAX} in total, and due deliveries.`,
      labels: ['mode', 'queue'],
      samples: cells.map(({ labels, row }) => ({ labels, value: row?.count ?? 0 })),
    },
    {
      name: 'humanrail_queue_oldest_seconds',
      help: 'Age of the oldest item in the queue; 0 if it is empty.',
      labels: ['mode', 'queue'],
      samples: cells.map(({ labels, row }) => ({
        labels,
        value: row ? ageOf(row) / MS_PER_SECOND : 0,
      })),
    },
  ];
}
