/** Jobs waiting for test clocks. Due times are whole seconds, so that close ones are batched. */
import { db, Prisma, type Tx } from '@/server/platform/db';
import type { OutgoingEvent } from '@/server/platform/outbox';

export interface WaitingJob {
  id: string;
  name: string;
  data: Record<string, unknown>;
  /** Results of completed steps, by name. */
  steps: Record<string, unknown>;
  attempts: number;
}

/** Rounds an instant up to a whole second. */
export function wholeSecond(ms: number): number {
  return Math.ceil(ms / 1_000) * 1_000;
}

/** Queues events for the clock in order; already queued ones are unchanged. */
export async function addJobs(
  tx: Pick<Tx, '$executeRaw'>,
  organizationId: string,
  nowMs: number,
  events: readonly OutgoingEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ id, name, data, ts }, n) => ({
    n,
    id,
    name,
    data,
    due_at: new Date(Math.max(nowMs, wholeSecond(ts ?? nowMs))),
  }));
  await tx.$executeRaw`
    INSERT INTO test_clock_jobs (organization_id, id, name, data, due_at)
    SELECT ${organizationId}::uuid, id, name, data, due_at
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS r(n int, id text, name text, data jsonb, due_at timestamptz)
     ORDER BY n
        ON CONFLICT DO NOTHING`;
}

/**
 * The order within an instant: answers before their judgement, and deadlines last, so that nothing
 * submitted in time is lost.
 */
const PHASES: readonly (readonly string[])[] = [
  ['sandbox/start', 'sandbox/answer', 'assignment/hand-in'],
  ['verification/run'],
  ['sandbox/review'],
  ['gold/sow'],
  ['task/route', 'worker/route'],
  ['payout/send'],
  ['webhook/deliver'],
  ['assignment/lapse'],
  ['task/deadline'],
];
const OTHER_PHASE = 4;

const phaseOf = Prisma.sql`
  CASE name ${Prisma.join(
    PHASES.flatMap((names, phase) =>
      names.map((name) => Prisma.sql`WHEN ${name} THEN ${phase}::int`),
    ),
    ' ',
  )} ELSE ${OTHER_PHASE}::int END`;

/** The due jobs of the first phase that has any, in the order they were queued. */
export async function findDue(
  organizationId: string,
  nowMs: number,
  limit: number,
): Promise<WaitingJob[]> {
  return db.$queryRaw<WaitingJob[]>`
    WITH due AS (
      SELECT id, name, data, steps, attempts, position, ${phaseOf} AS phase
        FROM test_clock_jobs
       WHERE organization_id = ${organizationId}::uuid AND due_at <= ${new Date(nowMs)})
    SELECT id, name, data, steps, attempts FROM due
     WHERE phase = (SELECT min(phase) FROM due)
     ORDER BY position LIMIT ${limit}`;
}

/** When the next job is due, in milliseconds; null if none is queued. */
export async function findNextDueMs(organizationId: string): Promise<number | null> {
  const { _min } = await db.testClockJob.aggregate({
    where: { organizationId },
    _min: { dueAt: true },
  });
  return _min.dueAt?.getTime() ?? null;
}

/** The outcome of a job's run. */
export type JobEnd =
  | { state: 'over' }
  | { state: 'waiting'; untilMs: number; steps: Record<string, unknown> }
  | { state: 'failed'; untilMs: number };

/** Deletes completed jobs, and reschedules the others. */
export async function settleJobs(
  organizationId: string,
  ends: readonly { id: string; end: JobEnd }[],
): Promise<void> {
  const over = ends.filter(({ end }) => end.state === 'over').map(({ id }) => id);
  if (over.length > 0) {
    await db.testClockJob.deleteMany({ where: { organizationId, id: { in: over } } });
  }
  const kept = ends.flatMap(({ id, end }) =>
    end.state === 'over'
      ? []
      : [
          {
            id,
            due_at: new Date(wholeSecond(end.untilMs)),
            steps: end.state === 'waiting' ? end.steps : null,
          },
        ],
  );
  if (kept.length === 0) return;
  await db.$executeRaw`
    UPDATE test_clock_jobs j
       SET due_at = r.due_at, steps = coalesce(NULLIF(r.steps, 'null'::jsonb), j.steps),
           attempts = j.attempts + (r.steps IS NULL OR r.steps = 'null'::jsonb)::int
      FROM jsonb_to_recordset(${JSON.stringify(kept)}::jsonb)
        AS r(id text, due_at timestamptz, steps jsonb)
     WHERE j.organization_id = ${organizationId}::uuid AND j.id = r.id`;
}
