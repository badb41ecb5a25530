import { db } from '@/server/platform/db';
import type { OutgoingEvent } from '@/server/platform/outbox';

/** The subject of an event. */
export interface Subject {
  organizationId: string;
  mode: 'live' | 'test';
  /**
   * Serialization key: events of one task, or of one worker's golds, run in order; payouts are
   * independent.
   */
  lane: string;
  type: string;
  /** The task's status; null if there is no task. */
  status: string | null;
  /** The assignment's status, if the event concerns one. */
  assignmentStatus: string | null;
  /** Whether its judgement is evidence for other judgements. */
  teaches: boolean;
}

/** The event fields that identify subjects. */
const FIELDS = [
  'taskId',
  'assignmentId',
  'reviewId',
  'payoutId',
  'deliveryId',
  'answerId',
  'appealId',
  'goldId',
] as const;

type Named = Pick<OutgoingEvent, 'data'>;

const subjectIdOf = ({ data }: Named): string | undefined => {
  const field = FIELDS.find((name) => typeof data[name] === 'string');
  return field && String(data[field]);
};

/** The subject of each event, in order; undefined if there is none. */
export async function findSubjects(events: readonly Named[]): Promise<(Subject | undefined)[]> {
  const named = (field: (typeof FIELDS)[number]) =>
    events.flatMap(({ data }) => (typeof data[field] === 'string' ? [String(data[field])] : []));
  const rows = await db.$queryRaw<(Subject & { id: string })[]>`
    WITH named AS (
      SELECT id, id AS task_id, NULL::assignment_status AS status FROM tasks
       WHERE id = ANY(${named('taskId')}::uuid[])
       UNION ALL
      SELECT id, task_id, status FROM assignments WHERE id = ANY(${named('assignmentId')}::uuid[])
       UNION ALL
      SELECT id, task_id, NULL FROM reviews WHERE id = ANY(${named('reviewId')}::uuid[])
       UNION ALL
      SELECT id, task_id, NULL FROM payouts WHERE id = ANY(${named('payoutId')}::uuid[])
       UNION ALL
      SELECT id, task_id, NULL FROM answers WHERE id = ANY(${named('answerId')}::uuid[])
       UNION ALL
      SELECT id, task_id, NULL FROM appeals WHERE id = ANY(${named('appealId')}::uuid[]))
    SELECT n.id::text AS id, t.organization_id::text AS "organizationId", t.mode, t.type,
           t.status::text AS status, n.status::text AS "assignmentStatus",
           coalesce(a.worker_id, o.id, t.id)::text AS lane,
           t.gold_id IS NOT NULL OR p.id IS NOT NULL OR EXISTS (
             SELECT FROM reviews r WHERE r.task_id = t.id AND r.status = 'decided') AS teaches
      FROM named n JOIN tasks t ON t.id = n.task_id LEFT JOIN answers a ON a.id = n.id
      LEFT JOIN appeals p ON p.id = n.id LEFT JOIN payouts o ON o.id = n.id
     UNION ALL
    SELECT d.id::text, d.organization_id::text, d.mode, e.type, NULL, NULL,
           coalesce(e.task_id::text, d.id::text), false
      FROM deliveries d JOIN webhook_events e ON e.id = d.event_id
     WHERE d.id = ANY(${named('deliveryId')}::uuid[])
     UNION ALL
    SELECT g.id::text, g.organization_id::text, g.mode, g.type, NULL, NULL, g.id::text, true
      FROM golds g
     WHERE g.id = ANY(${named('goldId')}::uuid[]) AND g.organization_id IS NOT NULL`;
  const byId = new Map(rows.map(({ id, ...subject }) => [id, subject]));
  return events.map((event) => byId.get(subjectIdOf(event) ?? ''));
}
