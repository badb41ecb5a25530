import { insufficientFunds } from '@/server/features/ledger';
import { assertNotSuspended } from '@/server/features/organizations';
import { ensureCrowd, hasEligibleWorker } from '@/server/features/workers';
import { type Actor, actorLabel, type OrganizationActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, hotQuery } from '@/server/platform/db';
import { assertCreatesTasks } from './access';
import { IdempotencyMismatch, NoEligibleWorker, PayoutBelowFloor, SpendCapReached } from './errors';
import { announceOpenTasks } from './hints';
import { type InsertedTasks, insertTasks, prepareInsertion } from './insert-task';
import { insertWithOthers } from './insert-with-others';
import { type PrepareOptions, prepareTask, type TaskDraft } from './prepare-task';
import { findTaskByKey, renderAsCreated, renderCurrent } from './queries';
import type { CreateTask, Task } from './schema';

const REPLAY_MS = 24 * 60 * 60 * 1000;

export interface CreatedTask {
  task: Task;
  /** True where the idempotency key had already made this task; it was not made again. */
  replayed: boolean;
}

/**
 * Creates a task and holds what it can cost, all or nothing; then it is routed at once.
 *
 * Idempotency needs no second table: the task's own unique key makes concurrent creates wait for
 * the first, and the first answer is made again from the task's first event.
 * @throws InsufficientFunds 402, SpendCapReached 403, NoEligibleWorker and PayoutBelowFloor 422,
 * IdempotencyMismatch 409,
 * OrganizationSuspended 403,
 * and whatever `prepareTask` throws.
 */
export async function createTask(
  actor: Actor,
  input: CreateTask,
  options: PrepareOptions = {},
): Promise<CreatedTask> {
  const customer = assertCreatesTasks(actor);
  await assertNotSuspended(customer.organizationId);
  return createFromDraft(customer, await prepareTask(customer, input, options));
}

/**
 * The second half of `createTask`, from a request that was found good.
 * @param insert how it is inserted, where more has to be seen to in the same transaction.
 */
export async function createFromDraft(
  customer: OrganizationActor,
  draft: TaskDraft,
  insert: typeof insertWithOthers = insertWithOthers,
): Promise<CreatedTask> {
  const fault = await faultOf(draft);
  if (fault) {
    const replay = await replayOf(draft);
    if (replay) return replay;
    throw fault;
  }
  await seatCrowd(customer, [draft]);
  const { refusal, task } = await insert(prepareInsertion(draft, actorLabel(customer)));
  if (task) {
    announceOpenTasks([draft.id]);
    return { task, replayed: false };
  }
  const replay = await replayOf(draft);
  if (replay) return replay;
  if (refusal === 'funds') throw await insufficientFunds(db, { ...draft, holds: [holdOf(draft)] });
  if (refusal) throw new SpendCapReached(refusal);
  throw new Error('A task with this idempotency key was there, and then was not.');
}

/**
 * Inserts drafts of one customer by one statement; none where balance or caps do not cover them together.
 * Those that are new are still to be announced to routing.
 */
export async function insertDrafts(
  customer: OrganizationActor,
  [first, ...others]: readonly [TaskDraft, ...TaskDraft[]],
): Promise<InsertedTasks> {
  await seatCrowd(customer, [first, ...others]);
  const prepare = (draft: TaskDraft) => prepareInsertion(draft, actorLabel(customer));
  return insertTasks(hotQuery, [prepare(first), ...others.map(prepare)]);
}

/** Sees to it that the organization has as many scripted workers as the drafts ask for. */
async function seatCrowd(
  { organizationId }: OrganizationActor,
  drafts: readonly TaskDraft[],
): Promise<void> {
  const seats = Math.max(...drafts.map(({ crowdSeats }) => crowdSeats ?? 0));
  if (seats === 0) return;
  const skills = new Set(drafts.flatMap(({ skillsRequired }) => skillsRequired));
  await ensureCrowd(organizationId, seats, [...skills]);
}

const holdOf = (draft: TaskDraft) => ({ amountSats: draft.heldSats });

/**
 * The answer a used idempotency key gets: within 24 hours the first one again, later the task.
 * @throws IdempotencyMismatch where the key was used with another body.
 */
export async function replayOf(draft: TaskDraft): Promise<CreatedTask | null> {
  if (!draft.idempotencyKey) return null;
  const existing = await findTaskByKey(draft.organizationId, draft.mode, draft.idempotencyKey);
  if (!existing) return null;
  if (existing.requestHash !== draft.requestHash) throw new IdempotencyMismatch();
  const fresh = clock.nowMs() - existing.createdAt.getTime() < REPLAY_MS;
  const task = fresh ? await renderAsCreated(existing) : await renderCurrent(existing);
  return { task, replayed: true };
}

/** Why a good request makes no task now, unless its key has made it before; null where it does. */
export async function faultOf(
  draft: TaskDraft,
): Promise<PayoutBelowFloor | NoEligibleWorker | null> {
  const { wageFloor, payoutSats } = draft;
  if (wageFloor && payoutSats < wageFloor.payoutSatsMin) {
    return new PayoutBelowFloor(payoutSats, wageFloor);
  }
  return (await somebodyCould(draft))
    ? null
    : new NoEligibleWorker(draft.skillsRequired, draft.riskTier);
}

/** Whether any worker, online or not, could ever take a live task; simulated workers always can. */
async function somebodyCould(draft: TaskDraft): Promise<boolean> {
  return (
    draft.mode !== 'live' ||
    hasEligibleWorker({
      mode: draft.mode,
      type: draft.type,
      skills: draft.skillsRequired,
      riskTier: draft.riskTier,
      organizationId: draft.organizationId,
      poolOrganizationId: draft.poolOrganizationId,
    })
  );
}
