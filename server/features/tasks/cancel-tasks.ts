import type { Actor } from '@/server/platform/actor';
import { AppError } from '@/server/platform/errors';
import { assertCreatesTasks } from './access';
import { cancelTask } from './cancel-task';
import type { TaskStatus } from './schema';

/** The result for one of several tasks. */
export type CancelResult =
  | { id: string; ok: true; status: TaskStatus }
  | { id: string; ok: false; code: string; message: string };

/**
 * Cancels tasks one by one; a failure is reported for its task and does not affect the others.
 * @throws Forbidden if the actor may not cancel tasks.
 */
export async function cancelTasks(actor: Actor, ids: readonly string[]): Promise<CancelResult[]> {
  assertCreatesTasks(actor);
  const results: CancelResult[] = [];
  for (const id of new Set(ids)) results.push(await cancelOne(actor, id));
  return results;
}

async function cancelOne(actor: Actor, id: string): Promise<CancelResult> {
  try {
    const { status } = await cancelTask(actor, id);
    return { id, ok: true, status };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { id, ok: false, code: error.code, message: error.message };
  }
}
