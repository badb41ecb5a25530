import { releaseHold } from '@/server/features/ledger';
import { type Actor, actorLabel } from '@/server/platform/actor';
import { transaction } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';
import { assertCreatesTasks } from './access';
import { endOpenWork } from './end-open-work';
import { TaskNotCancellable } from './errors';
import { heldBy } from './held-by';
import { getTask } from './queries';
import type { Task } from './schema';
import { transition } from './transition';

/**
 * Cancels a task that has no answer yet, and releases its hold.
 * @throws NotFound 404, TaskNotCancellable 409 once submitted or ended.
 */
export async function cancelTask(actor: Actor, id: string): Promise<Task> {
  assertCreatesTasks(actor);
  await getTask(actor, id);
  const cancelled = await transaction(async (tx) => {
    const row = await transition(tx, { taskId: id, action: 'cancel', by: actorLabel(actor) });
    if (!row) return null;
    await endOpenWork(tx, id, 'The customer cancelled the task.');
    await releaseHold(tx, { ...heldBy(row), reason: 'cancelled' });
    return row;
  });
  const task = await getTask(actor, id);
  if (!cancelled) throw new TaskNotCancellable(task.status);
  kickOutbox();
  return task;
}
