import { previewTask } from '@/server/features/routing';
import { getTask } from '@/server/features/tasks';
import { type Actor, MODES, type Mode, type WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';

type Customer = Extract<Actor, { kind: 'member' | 'operator' }>;

/** The roles in which a person may view tasks. */
export interface Viewers {
  worker: WorkerActor | null;
  member: Customer | null;
  operator: Customer | null;
}

export interface SeenPayload {
  mode: Mode;
  payload: unknown;
}

/**
 * The payload of a task that one of the viewers may see: tasks assigned to or offered to the
 * worker, the organization's, or any task for an operator, regardless of the mode their pages show.
 * @throws NotFound if none of them may.
 */
export async function findPayload(viewers: Viewers, taskId: string): Promise<SeenPayload> {
  if (isUuid(taskId)) {
    const found = (await asWorker(viewers.worker, taskId)) ?? (await asCustomer(viewers, taskId));
    if (found) return found;
  }
  throw new NotFound('file');
}

async function asWorker(worker: WorkerActor | null, taskId: string): Promise<SeenPayload | null> {
  if (!worker) return null;
  const { workerId, mode } = worker;
  const own = await db.assignment.findUnique({
    where: { taskId_workerId: { taskId, workerId } },
    select: { task: { select: { payload: true } } },
  });
  if (own) return { mode, payload: own.task.payload };
  return orNull(async () => ({ mode, payload: (await previewTask(worker, { taskId })).payload }));
}

async function asCustomer(viewers: Viewers, taskId: string): Promise<SeenPayload | null> {
  for (const actor of [viewers.member, viewers.operator]) {
    for (const mode of actor ? MODES : []) {
      const seen = await orNull(() => getTask({ ...(actor as Customer), mode }, taskId));
      if (seen) return { mode, payload: seen.payload };
    }
  }
  return null;
}

async function orNull<Value>(read: () => Promise<Value>): Promise<Value | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}

/** Characters that delimit an address in text. */
const BETWEEN_ADDRESSES = /[\s"'<>()[\]|`]+/;

/** Whether a payload contains the address, as a value or within text such as Markdown. */
export function mentions(payload: unknown, url: string): boolean {
  if (typeof payload === 'string') {
    return (
      payload === url || (payload.includes(url) && payload.split(BETWEEN_ADDRESSES).includes(url))
    );
  }
  if (typeof payload !== 'object' || payload === null) return false;
  return Object.values(payload).some((part) => mentions(part, url));
}
