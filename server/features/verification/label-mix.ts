import { db } from '@/server/platform/db';
import type { SharedTask } from './stage';

/** Enough to tell what others say of a task. */
const OTHERS_MAX = 10;

/**
 * Those of a worker's recent answers whose tasks others answered as well, each as labels. Answers without a
 * label are left out; golds have no others.
 * @param labelIn the label of an output, null where it has none.
 */
export async function findSharedTasks(
  recent: readonly { taskId: string; output: unknown }[],
  workerId: string,
  labelIn: (output: unknown) => string | null,
): Promise<SharedTask[]> {
  if (recent.length === 0) return [];
  const rows = await db.answer.findMany({
    where: {
      taskId: { in: recent.map(({ taskId }) => taskId) },
      workerId: { not: workerId },
      status: 'accepted',
    },
    select: { taskId: true, output: true },
  });
  const others = new Map<string, string[]>();
  for (const { taskId, output } of rows) {
    const label = labelIn(output);
    const known = others.get(taskId) ?? [];
    if (label !== null && known.length < OTHERS_MAX) others.set(taskId, [...known, label]);
  }
  return recent.flatMap(({ taskId, output }) => {
    const own = labelIn(output);
    const said = others.get(taskId);
    return own !== null && said ? [{ own, others: said }] : [];
  });
}
