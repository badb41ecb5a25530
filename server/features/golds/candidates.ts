/** Tasks decided by a reviewer who suggested them as golds. */
import { audit } from '@/server/features/organizations';
import { assertManagesTaskTypes } from '@/server/features/task-types';
import type { Actor, OrganizationActor } from '@/server/platform/actor';
import { db, transaction } from '@/server/platform/db';
import { InvalidRequest, NotFound } from '@/server/platform/errors';
import { visibleTo } from './access';
import { checkerFor, insertGolds } from './save-golds';
import { type CandidateRef, type GoldCandidate, GoldContent } from './schema';

const CANDIDATES_SHOWN = 100;

/** The candidates of a type, oldest suggestion first. */
export async function listGoldCandidates(actor: Actor, type: string): Promise<GoldCandidate[]> {
  const { organizationId, mode } = visibleTo(actor);
  const rows = await db.goldCandidate.findMany({
    where: { organizationId, mode, type },
    orderBy: { id: 'asc' },
    take: CANDIDATES_SHOWN,
  });
  const tasks = await db.task.findMany({
    where: { id: { in: rows.map(({ taskId }) => taskId) } },
    select: { id: true, payload: true },
  });
  const payloads = new Map(tasks.map(({ id, payload }) => [id, payload]));
  return rows.map(({ id, taskId, expectedOutput, explanation, createdAt }) => ({
    ...{ id, taskId, expectedOutput, explanation, createdAt },
    payload: payloads.get(taskId) as Record<string, unknown>,
  }));
}

/**
 * Turns a candidate into a gold.
 * @throws NotFound; InvalidRequest if its answer no longer satisfies the type's schema, or the
 * payload is already a gold; Forbidden
 */
export async function takeGoldCandidate(
  actor: Actor,
  { id }: CandidateRef,
): Promise<{ id: string }> {
  const manager = assertManagesTaskTypes(actor);
  const { type, taskId, expectedOutput, explanation } = await findCandidate(manager, id);
  const task = await db.task.findUniqueOrThrow({
    where: { id: taskId },
    select: { payload: true },
  });
  const content = GoldContent.parse({
    payload: task.payload,
    expected_output: expectedOutput,
    explanation,
  });
  const fault = await (await checkerFor(manager, type))(content);
  if (fault) throw InvalidRequest.fromFaults([{ ...fault, code: 'invalid_field' }]);
  return transaction(async (tx) => {
    const { count } = await tx.goldCandidate.deleteMany({ where: { id } });
    if (count === 0) throw new NotFound('gold candidate', id);
    const [goldId = ''] = await insertGolds(tx, manager, type, [content]);
    return { id: goldId };
  });
}

/** Dismisses a candidate. @throws NotFound, Forbidden */
export async function dismissGoldCandidate(actor: Actor, { id }: CandidateRef): Promise<void> {
  const manager = assertManagesTaskTypes(actor);
  const { type } = await findCandidate(manager, id);
  await transaction(async (tx) => {
    const { count } = await tx.goldCandidate.deleteMany({ where: { id } });
    if (count > 0) await audit(tx, manager, 'gold.candidate_dismissed', `task_type:${type}`);
  });
}

async function findCandidate({ organizationId, mode }: OrganizationActor, id: string) {
  const found = await db.goldCandidate.findFirst({ where: { organizationId, mode, id } });
  if (!found) throw new NotFound('gold candidate', id);
  return found;
}
