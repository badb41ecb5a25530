import { db } from '@/server/platform/db';

/** When each event of each task was written down, in milliseconds since the epoch. */
export async function readTimes(ids: readonly string[]): Promise<Map<string, Map<string, number>>> {
  const events = await db.taskEvent.findMany({
    where: { taskId: { in: [...ids] } },
    select: { taskId: true, type: true, createdAt: true },
  });
  const times = new Map<string, Map<string, number>>(ids.map((id) => [id, new Map()]));
  for (const event of events) times.get(event.taskId)?.set(event.type, event.createdAt.getTime());
  return times;
}
