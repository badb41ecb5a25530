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
  throw new Forbidden('not_allowed', 'Workers are managed by operators.');
}

/** 409: an operator would resume a worker who was never let in. */
class NotLetIn extends Conflict {
  constructor() {
    super('not_let_in', 'This worker was not let in. Approve the application instead.');
  }
}

/**
 * An operator lets workers in or turns them away, with the same words for each, which go out by e-mail. Those
 * of whom the same was decided before, and those who are not there, are left alone.
 * @returns of how many something was decided.
 * @throws Forbidden
 */
export async function decideVetting(
  actor: Actor,
  { workerIds, ...decision }: DecideVetting,
): Promise<{ decided: number }> {
  const operator = assertOperator(actor);
  const decided = await transaction(async (tx) => {
    let count = 0;
    // In one order, so that two operators who decide at once do not wait for each other in a ring.
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

/** Tells a worker by e-mail what was decided. */
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
 * An operator pauses a worker, who gets no tasks until resumed, or resumes one.
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
 * An operator says which risk a worker's tasks may carry at the most, or leaves that to golds.
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
 * An operator gives a worker a skill without a quiz, or lets a paused one count again; or pauses one,
 * which neither a quiz nor a choice of the worker's undoes.
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
 * Says whether newcomers to the public pool wait for an operator. Once they need not, those who wait
 * are let in.
 * @returns how many that lets in.
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

/** One change of one worker in the operator's mode. */
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
