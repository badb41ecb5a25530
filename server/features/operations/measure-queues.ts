import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { hotQuery, Prisma } from '@/server/platform/db';
import type { Measured } from '@/server/platform/metrics';
import { timePassesSql } from '@/server/platform/test-clock';

/** Counting stops here; those whose time runs out first are counted first. */
const TASKS_MAX = 10_000;
const MS_PER_SECOND = 1_000;

const QUEUES = ['posted', 'assigned', 'submitted', 'deliveries'] as const;

interface QueueRow {
  mode: Mode;
  queue: (typeof QUEUES)[number];
  count: number;
  /** Since when the oldest of them waits where it is. */
  since: Date;
}

/**
 * How much waits for a worker, at a worker, for its judgement and to be delivered, in one statement by two
 * partial indexes. What a test clock holds is left out.
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

/** Queues of both modes as figures: how much is in each, and how long the oldest has been. */
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
      help: `Tasks that are posted, assigned or submitted, together counted up to ${TASKS_MAX}, and deliveries that are due.`,
      labels: ['mode', 'queue'],
      samples: cells.map(({ labels, row }) => ({ labels, value: row?.count ?? 0 })),
    },
    {
      name: 'humanrail_queue_oldest_seconds',
      help: 'How long the oldest of a queue has been in it; 0 where it is empty.',
      labels: ['mode', 'queue'],
      samples: cells.map(({ labels, row }) => ({
        labels,
        value: row ? ageOf(row) / MS_PER_SECOND : 0,
      })),
    },
  ];
}
