import { transaction } from '@/server/platform/db';
import { searchEntriesOf } from './search-words';

const TASKS_AT_ONCE = 200;

/**
 * Indexes tasks created before the search existed, newest first.
 * @returns the number indexed; fewer than the limit if none is left.
 */
export async function indexTasks(limit = TASKS_AT_ONCE): Promise<number> {
  return transaction(async (tx) => {
    const unread = await tx.$queryRaw<{ id: string }[]>`
      SELECT task_id AS id FROM task_search WHERE words IS NULL
       ORDER BY task_id DESC LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
    const tasks = await tx.task.findMany({ where: { id: { in: unread.map(({ id }) => id) } } });
    const rows = tasks.map((task) => ({ task_id: task.id, words: searchEntriesOf(task) }));
    await tx.$executeRaw`
      UPDATE task_search s SET words = array_to_tsvector(r.words)
        FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r(task_id uuid, words text[])
       WHERE s.task_id = r.task_id`;
    return unread.length;
  });
}
