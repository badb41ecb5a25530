import type { Answer, Prisma } from '@/prisma/generated/client';
import { resolveTaskType } from '@/server/features/task-types';
import { insertGoldTask, SpendCapReached } from '@/server/features/tasks';
import type { SandboxScript } from '@/server/features/tasks/schema';
import {
  drawnBy,
  drawOf,
  findDoubts,
  goldChance,
  NO_GOLDS,
  type PolicyOverrides,
  policyFor,
  scoredSince,
} from '@/server/features/verification';
import { db, type Tx, transaction } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';
import { findGold } from './find-gold';
import { type AnsweredTask, findSibling } from './find-sibling';

/** An answer, and the task it was given to. */
type Answered = Pick<Answer, 'id' | 'workerId'> & { task: AnsweredTask; drawn: string };

/**
 * After an answer to a live task or one of the scripted crowd, draws whether the worker's next task
 * of that type is a gold, and sows it: a task that looks like its siblings, visible to this worker
 * only, paid by the gold's organization. Called by a job and idempotent per answer.
 * @returns the task's ID; null if none was drawn, one is already queued, no unseen gold is left, or
 * the organization's balance or cap does not cover it.
 */
export async function sowGold(answerId: string): Promise<string | null> {
  const answer = await findAnswered(answerId);
  if (!answer || !(await isDrawn(answer))) return null;
  try {
    const taskId = await transaction((tx) => sow(tx, answer));
    if (taskId) kickOutbox();
    return taskId;
  } catch (error) {
    if (error instanceof SpendCapReached) return null;
    throw error;
  }
}

/** Null if no gold may follow: simulated workers' answers are not evidence about anyone. */
async function findAnswered(answerId: string): Promise<Answered | null> {
  const answer = await db.answer.findUnique({
    where: { id: answerId },
    select: { id: true, workerId: true, task: true },
  });
  if (!answer) return null;
  const { payload, ...task } = answer.task;
  if (task.mode !== 'live' && task.crowdSeats === null) return null;
  const worker = await db.worker.findUniqueOrThrow({ where: { id: answer.workerId } });
  return { ...answer, task, drawn: drawnBy(answer, { ...task, payload }, worker) };
}

/** Uses the type's rate, or the worker's record on the type's golds and doubts about it. */
async function isDrawn({ drawn, workerId, task }: Answered): Promise<boolean> {
  const [type, isDoubted, record] = await Promise.all([
    resolveTaskType(task),
    findDoubts(workerId, task),
    db.workerTypeRecord.findUnique({
      where: {
        workerId_organizationId_type: {
          workerId,
          organizationId: task.organizationId,
          type: task.type,
        },
      },
    }),
  ]);
  const policy = policyFor(task.riskTier, (type?.policy ?? {}) as PolicyOverrides);
  // After a pause a worker is treated like a new one.
  const golds = scoredSince(record ?? NO_GOLDS);
  const chance = goldChance(golds, type?.goldRate, policy.gold, isDoubted);
  return drawOf('gold', drawn) < chance;
}

async function sow(tx: Tx, answer: Answered): Promise<string | null> {
  const { workerId, task } = answer;
  const createdBy = `gold:${answer.id}`;
  // Serializes concurrent answers, so that the second one sees the first one's gold.
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(${`gold:${workerId}:${task.type}`}, 0))`;
  if (!(await maySow(tx, answer, createdBy))) return null;
  const { sibling, createdAt } = await findSibling(tx, workerId, task);
  const gold = await findGold(tx, workerId, sibling);
  if (!gold) return null;
  const asked = { workerId, organizationId: task.organizationId, type: task.type };
  const before = sibling.crowdSeats === null ? 0 : await countAsked(tx, asked);
  const sandbox = scriptFor(sibling, gold.expected, before);
  return insertGoldTask(tx, { gold, sibling, workerId, createdBy, createdAt, sandbox });
}

/** How many golds of the type the worker has been asked. */
function countAsked(
  tx: Tx,
  { workerId, ...place }: { workerId: string; organizationId: string; type: string },
): Promise<number> {
  return tx.task.count({ where: { ...place, reservedFor: workerId, goldId: { not: null } } });
}

/**
 * A scripted worker answers a gold like its siblings but with the known answer, unless its script
 * defines gold behaviour.
 * @param before how many golds of the type it has been asked.
 */
function scriptFor(
  { crowdSeats, sandbox }: AnsweredTask,
  answer: Prisma.JsonValue,
  before: number,
): Prisma.InputJsonObject | null {
  if (crowdSeats === null) return null;
  const { workers = [], seed, delay_seconds } = (sandbox ?? {}) as SandboxScript;
  return {
    answer,
    workers: (workers.length > 0 ? workers : [{}]).map(
      ({ answers: _, behaviour: __, ...worker }) => {
        const { gold_answers: said } = worker;
        return said ? { ...worker, answers: [said[Math.min(before, said.length - 1)]] } : worker;
      },
    ),
    ...(seed === undefined ? {} : { seed }),
    ...(delay_seconds === undefined ? {} : { delay_seconds }),
  } as Prisma.InputJsonObject;
}

/** Not twice for an answer, not while another is queued, and not for paused or closed workers. */
async function maySow(
  tx: Tx,
  { workerId, task: { organizationId, type } }: Answered,
  createdBy: string,
): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ free: boolean }[]>`
    SELECT EXISTS (
             SELECT FROM workers w, organizations o
              WHERE w.id = ${workerId}::uuid AND w.status = 'active'
                AND o.id = ${organizationId}::uuid AND o.deleted_at IS NULL)
       AND NOT EXISTS (
             SELECT FROM tasks t
              WHERE t.organization_id = ${organizationId}::uuid AND t.created_by = ${createdBy})
       AND NOT EXISTS (
             SELECT FROM skill_pauses p
              WHERE p.worker_id = ${workerId}::uuid AND p.organization_id = ${organizationId}::uuid
                AND p.type = ${type} AND p.lifted_at IS NULL)
       AND NOT EXISTS (
             SELECT FROM tasks t
              WHERE t.reserved_for = ${workerId}::uuid AND t.completed_at IS NULL
                AND t.organization_id = ${organizationId}::uuid AND t.type = ${type}) AS free`;
  return row?.free ?? false;
}
