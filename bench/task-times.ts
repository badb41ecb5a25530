import { db } from '@/server/platform/db';

/** Time of each task's events, in milliseconds since the epoch. */
export type TaskTimes = ReadonlyMap<string, ReadonlyMap<string, number>>;

export async function readTimes(ids: readonly string[]): Promise<TaskTimes> {
  const events = await db.taskEvent.findMany({
    where: { taskId: { in: [...ids] } },
    select: { taskId: true, type: true, createdAt: true },
  });
  const times = new Map<string, Map<string, number>>(ids.map((id) => [id, new Map()]));
  for (const event of events) times.get(event.taskId)?.set(event.type, event.createdAt.getTime());
  return times;
}

/** Milliseconds between two events of each task; NaN without both. */
export function legOf(times: TaskTimes, from: string, to: string): number[] {
  return [...times.values()].map((at) => (at.get(to) ?? Number.NaN) - (at.get(from) ?? Number.NaN));
}

/** Milliseconds from an event to the webhook of the verdict, for each task; NaN without one. */
export function legToWebhook(
  times: TaskTimes,
  from: string,
  verifiedAt: ReadonlyMap<string, number>,
): number[] {
  return [...times].map(
    ([id, at]) => (verifiedAt.get(id) ?? Number.NaN) - (at.get(from) ?? Number.NaN),
  );
}
