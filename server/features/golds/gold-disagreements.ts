import { db } from '@/server/platform/db';

/** Worker disagreements by gold: all, and still open. */
export async function disagreementsOf(
  goldIds: readonly string[],
): Promise<Map<string, { open: number; made: number }>> {
  const rows = await db.$queryRaw<{ goldId: string; open: number; made: number }[]>`
    SELECT t.gold_id AS "goldId", count(*)::int AS made,
           (count(*) FILTER (WHERE p.status = 'open'))::int AS open
      FROM tasks t JOIN appeals p ON p.task_id = t.id
     WHERE t.gold_id = ANY(${[...goldIds]}::uuid[])
     GROUP BY t.gold_id`;
  return new Map(rows.map(({ goldId, ...counts }) => [goldId, counts]));
}

/** Quiz answers by gold. */
export async function quizAnswersOf(
  goldIds: readonly string[],
): Promise<Map<string, { given: number; right: number }>> {
  const rows = await db.$queryRaw<{ goldId: string; given: number; right: number }[]>`
    SELECT q.gold_id AS "goldId", count(*)::int AS given,
           (count(*) FILTER (WHERE q.correct))::int AS right
      FROM quiz_questions q
     WHERE q.gold_id = ANY(${[...goldIds]}::uuid[]) AND q.answered_at IS NOT NULL
     GROUP BY q.gold_id`;
  return new Map(rows.map(({ goldId, ...counts }) => [goldId, counts]));
}
