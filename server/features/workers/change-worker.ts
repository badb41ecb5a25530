import type { Worker } from '@/prisma/generated/client';
import { enqueueEmail } from '@/server/features/emails';
import { audit } from '@/server/features/organizations';
import { saveSetting } from '@/server/features/settings';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { type Tx, transaction } from '@/server/platform/db';
import { Conflict, Forbidden, NotFound } from '@/server/platform/errors';
import { kickOutbox } from '@/server/platform/outbox';
import { assertSkillsExist } from './create-worker';
import type { ChangeTier, ChangeWorkerSkill, DecideVetting, PauseWorker } from './schema';
import { tellPages } from './tell-pages';
import { approve, approveAllWaiting, pause, reject, resume } from './transition';

type Operator = Extract<Actor, { kind: 'operator' }>;

function assertOperator(actor: Actor): Operator {
  if (actor.kind === 'operator') return actor;
  throw new Forbidden('not_allowed', 'Only operators can manage workers.');
}

/** 409: a worker who was never approved cannot be resumed. */
class NotLetIn extends Conflict {
  constructor() {
    super('not_let_in', 'This worker was not approved. Approve the application instead.');
  }
}

/**
 * Approves or rejects workers with one reason, which is e-mailed to each. Skips workers that do not
 * exist or already have that decision.
 * @returns the number of workers decided.
 * @throws Forbidden
 */
export async function decideVetting(
  actor: Actor,
  { workerIds, ...decision }: DecideVetting,
): Promise<{ decided: number }> {
  const operator = assertOperator(actor);
  const decided = await transaction(async (tx) => {
    let count = 0;
    // Sorted to avoid deadlocks between concurrent decisions.
    for (const workerId of [...new Set(workerIds)].sort()) {
      if (await decide(tx, operator, workerId, decision)) count += 1;
    }
    return count;
  });
  kickOutbox();
  return { decided };
}

async function decide(
  tx: Tx,
  operator: Operator,
  id: string,
  { approved, reason }: Omit<DecideVetting, 'workerIds'>,
): Promise<boolean> {
  const which = { id, mode: operator.mode };
  const worker = approved ? await approve(tx, which, reason) : await reject(tx, which, reason);
  if (!worker) return false;
  const action = approved ? 'worker.approved' : 'worker.rejected';
  await audit(tx, operator, action, `worker:${id}`, { reason });
  await tellDecision(tx, worker, { approved, reason });
  return true;
}

/** E-mails the decision to the worker. */
async function tellDecision(
  tx: Tx,
  worker: Worker,
  { approved, reason }: { approved: boolean; reason: string },
): Promise<void> {
  const user = worker.userId
    ? await tx.user.findUnique({ where: { id: worker.userId }, select: { email: true } })
    : null;
  if (!user) return;
  await enqueueEmail(tx, {
    to: user.email,
    template: 'vetting-decided',
    data: { name: worker.displayName, approved, reason, path: '/work/onboarding' },
  });
}

/**
 * Pauses a worker, who gets no tasks until resumed, or resumes one.
 * @throws Forbidden, NotFound, NotLetIn 409
 */
export async function pauseWorker(actor: Actor, input: PauseWorker): Promise<void> {
  const { workerId: id, paused, reason } = input;
  await change(actor, id, async (tx, operator) => {
    const which = { id, mode: operator.mode };
    const changed = paused ? await pause(tx, which) : await resume(tx, which);
    if (changed) {
      const action = paused ? 'worker.paused' : 'worker.resumed';
      await audit(tx, operator, action, `worker:${id}`, { reason });
      return;
    }
    const worker = await tx.worker.findUniqueOrThrow({ where: { id } });
    if (!paused && worker.vetting !== 'approved') throw new NotLetIn();
  });
}

/**
 * Sets the highest risk tier of a worker's tasks, or lets golds adjust it.
 * @throws Forbidden, NotFound
 */
export async function changeTier(actor: Actor, { workerId: id, tier }: ChangeTier): Promise<void> {
  await change(actor, id, async (tx, operator) => {
    const fixed = tier === 'auto' ? null : tier;
    const { count } = await tx.worker.updateMany({
      where: { id, NOT: { tierAuto: fixed === null, ...(fixed ? { tier: fixed } : {}) } },
      data: { tierAuto: fixed === null, ...(fixed ? { tier: fixed } : {}) },
    });
    if (count === 0) return;
    await audit(tx, operator, 'worker.tier_changed', `worker:${id}`, { tier });
    await tellPages(tx, [{ id, mode: operator.mode }]);
  });
}

/**
 * Grants a worker a skill without a quiz, or unpauses one; or pauses one, which neither a quiz nor
 * the worker can undo.
 * @throws Forbidden, NotFound, UnknownSkill 422
 */
export async function changeWorkerSkill(actor: Actor, input: ChangeWorkerSkill): Promise<void> {
  const { workerId, skill, held } = input;
  await change(actor, workerId, async (tx, operator) => {
    if (held) {
      await assertSkillsExist(tx, [skill]);
      await tx.workerSkill.upsert({
        where: { workerId_skill: { workerId, skill } },
        create: { workerId, skill, grantedAt: clock.now() },
        update: { paused: false },
      });
    } else {
      await tx.workerSkill.updateMany({ where: { workerId, skill }, data: { paused: true } });
    }
    const action = held ? 'worker.skill_granted' : 'worker.skill_paused';
    await audit(tx, operator, action, `worker:${workerId}`, { skill });
    await tellPages(tx, [{ id: workerId, mode: operator.mode }]);
  });
}

/**
 * Sets whether new workers of the public pool need approval. Disabling it approves everyone who
 * waits.
 * @returns the number of workers approved by that.
 * @throws Forbidden
 */
export async function requireVetting(
  actor: Actor,
  { required }: { required: boolean },
): Promise<{ letIn: number }> {
  const letIn = await transaction(async (tx) => {
    await saveSetting(tx, actor, 'requireVetting', required);
    if (required) return 0;
    const workers = await approveAllWaiting(tx);
    for (const worker of workers) {
      await audit(tx, actor, 'worker.approved', `worker:${worker.id}`, { reason: 'not required' });
      await tellDecision(tx, worker, { approved: true, reason: '' });
    }
    return workers.length;
  });
  kickOutbox();
  return { letIn };
}

/** Changes one worker in the operator's mode. */
async function change(
  actor: Actor,
  workerId: string,
  work: (tx: Tx, operator: Operator) => Promise<void>,
): Promise<void> {
  const operator = assertOperator(actor);
  await transaction(async (tx) => {
    const worker = await tx.worker.findFirst({
      where: { id: workerId, mode: operator.mode },
      select: { id: true },
    });
    if (!worker) throw new NotFound('worker', workerId);
    await work(tx, operator);
  });
  kickOutbox();
}
