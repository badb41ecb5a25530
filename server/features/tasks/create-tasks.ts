import { assertNotSuspended } from '@/server/features/organizations';
import type { Actor, OrganizationActor } from '@/server/platform/actor';
import { AppError } from '@/server/platform/errors';
import { takeTurns } from '@/server/platform/turns';
import { assertCreatesTasks } from './access';
import { createFromDraft, faultOf, insertDrafts } from './create-task';
import { announceOpenTasks } from './hints';
import { type PrepareOptions, prepareTask, type TaskDraft } from './prepare-task';
import type { CreateTask, Task } from './schema';

export type BatchResult =
  | { ok: true; task: Task; replayed: boolean }
  | { ok: false; error: AppError };

/** Tasks inserted by one statement. */
const CHUNK = 100;

/**
 * Creates up to 1,000 tasks, a bad one without sinking the others. Results come in the order of the
 * inputs. Routing hears of them when all are there: before that it would only make the answer wait.
 */
export async function createTasks(
  actor: Actor,
  inputs: readonly (CreateTask | AppError)[],
  options: Pick<PrepareOptions, 'trace'> = {},
): Promise<BatchResult[]> {
  const customer = assertCreatesTasks(actor);
  await assertNotSuspended(customer.organizationId);
  const results: BatchResult[] = [];
  try {
    for (let start = 0; start < inputs.length; start += CHUNK) {
      results.push(...(await createChunk(customer, inputs.slice(start, start + CHUNK), options)));
    }
  } finally {
    announceOpenTasks(
      results.flatMap((result) => (result.ok && !result.replayed ? [result.task.id] : [])),
    );
  }
  return results;
}

async function createChunk(
  customer: OrganizationActor,
  inputs: readonly (CreateTask | AppError)[],
  options: Pick<PrepareOptions, 'trace'>,
): Promise<BatchResult[]> {
  const drafts: (TaskDraft | AppError)[] = [];
  const turn = takeTurns();
  for (const input of inputs) {
    await turn();
    drafts.push(
      input instanceof AppError
        ? input
        : await orAppError(() => prepareTask(customer, input, options)),
    );
  }
  const created = await createTogether(customer, drafts);
  const results: BatchResult[] = [];
  for (const draft of drafts) {
    if (draft instanceof AppError) {
      results.push({ ok: false, error: draft });
      continue;
    }
    const task = created.get(draft.id);
    // What could not be made with the others is tried alone, so that it gets an answer of its own.
    const one = task
      ? { task, replayed: false }
      : await orAppError(() => createFromDraft(customer, draft));
    results.push(one instanceof AppError ? { ok: false, error: one } : { ok: true, ...one });
  }
  return results;
}

/** As many of the drafts as one statement makes: those without a fault, if the money is enough. */
async function createTogether(
  customer: OrganizationActor,
  drafts: readonly (TaskDraft | AppError)[],
): Promise<Map<string, Task>> {
  const takeable: TaskDraft[] = [];
  for (const draft of drafts) {
    if (!(draft instanceof AppError) && !(await faultOf(draft))) takeable.push(draft);
  }
  const [first, ...rest] = takeable;
  if (!first) return new Map();
  const inserted = await orAppError(() => insertDrafts(customer, [first, ...rest]));
  return inserted instanceof AppError ? new Map() : inserted.created;
}

async function orAppError<T>(work: () => Promise<T>): Promise<T | AppError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
