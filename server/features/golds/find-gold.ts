import { drawnBy } from '@/server/features/verification';
import { Prisma, type Tx } from '@/server/platform/db';
import { validateOutput } from '@/server/platform/json-schema';
import { isOneOf } from '@/server/platform/sql-lists';
import type { AnsweredTask } from './find-sibling';

/** How many are looked at for one whose known answer fits the sibling's form. */
const LOOKED_AT_MAX = 20;

interface Row {
  id: string;
  payload: Prisma.JsonValue;
  expected: Prisma.JsonValue;
}

interface DrawnAnswer {
  id: string;
  scriptSeat: number | null;
  crowdSeats: number | null;
  type: string;
  payload: Prisma.JsonValue;
  sandbox: Prisma.JsonValue;
}

/**
 * One of the organization's golds of the sibling's type, at random (for the scripted crowd the first),
 * that this worker was never asked, as a gold, in a quiz or as the task that it was made of, and whose
 * known answer the sibling's form can give.
 * Those kept for the quiz and retired ones are none.
 */
export async function findGold(
  tx: Tx,
  workerId: string,
  sibling: AnsweredTask,
): Promise<Row | null> {
  const { organizationId, mode, type, crowdSeats } = sibling;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT g.id, g.payload, g.expected_output AS expected
      FROM golds g
     WHERE g.organization_id = ${organizationId}::uuid AND g.mode = ${mode}::mode
       AND g.type = ${type} AND NOT g.quiz AND g.retired_at IS NULL
       AND NOT EXISTS (
         SELECT FROM tasks t WHERE t.gold_id = g.id AND t.reserved_for = ${workerId}::uuid)
       AND NOT EXISTS (
         SELECT FROM quiz_questions q JOIN quizzes z ON z.id = q.quiz_id
          WHERE q.gold_id = g.id AND z.worker_id = ${workerId}::uuid)
       AND NOT EXISTS (
         SELECT FROM assignments a JOIN tasks t ON t.id = a.task_id
          WHERE a.worker_id = ${workerId}::uuid AND t.organization_id = ${organizationId}::uuid
            AND t.type = ${type} AND t.gold_id IS NULL AND t.payload::text = g.payload::text)
     ORDER BY ${crowdSeats === null ? Prisma.sql`random()` : Prisma.sql`g.id`}
     LIMIT ${LOOKED_AT_MAX}`;
  const schema = sibling.outputSchema as Record<string, unknown>;
  for (const row of rows) {
    if ((await validateOutput(schema, row.expected)).ok) return row;
  }
  return null;
}

/**
 * Those of these answers after which a gold could be sown at all: to live tasks, and to those of the
 * scripted crowd, of a type for which the organization has golds of its own in use. With each, what
 * chances are drawn by.
 */
export async function findWorthSowing(
  tx: Tx,
  answerIds: readonly string[],
): Promise<{ answerId: string; drawn: string }[]> {
  const rows = await tx.$queryRaw<DrawnAnswer[]>`
    SELECT a.id, w.script_seat AS "scriptSeat", t.crowd_seats AS "crowdSeats", t.type, t.payload,
           t.sandbox
      FROM answers a JOIN tasks t ON t.id = a.task_id JOIN workers w ON w.id = a.worker_id
     WHERE a.id ${isOneOf(answerIds)}
       AND (t.mode = 'live' OR t.crowd_seats IS NOT NULL)
       AND EXISTS (
         SELECT FROM golds g
          WHERE g.type = t.type AND g.organization_id = t.organization_id AND g.mode = t.mode
            AND NOT g.quiz AND g.retired_at IS NULL)
     ORDER BY a.id`;
  return rows.map((row) => ({ answerId: row.id, drawn: drawnBy(row, row, row) }));
}
