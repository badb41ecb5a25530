import { getTaskType } from '@/server/features/task-types';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { visibleTo } from './access';

/**
 * The organization's active golds of a type as JSON lines, in the import format.
 * @throws NotFound if there are none and the type does not exist.
 */
export async function exportGolds(actor: Actor, type: string): Promise<string> {
  const rows = await db.gold.findMany({
    where: { ...visibleTo(actor), type, retiredAt: null },
    orderBy: { id: 'asc' },
  });
  if (rows.length === 0) await getTaskType(actor, type);
  return rows
    .map(({ payload, expectedOutput, explanation, quiz }) =>
      JSON.stringify({ payload, expected_output: expectedOutput, explanation, quiz }),
    )
    .join('\n');
}
