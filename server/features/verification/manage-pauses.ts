import type { Prisma } from '@/prisma/generated/client';
import type { Actor } from '@/server/platform/actor';
import { db, type Tx, transaction } from '@/server/platform/db';
import { Conflict, Forbidden, NotFound } from '@/server/platform/errors';
import { kickOutbox } from '@/server/platform/outbox';
import { NO_GOLDS, talliedSince } from './gold-tally';
import { endPause, insertPause, type PausedType } from './pause-skill';
import type { LiftPause, PauseType } from './schema';

/** 409: it has ended, or the type is already paused. */
class PauseChanged extends Conflict {
  constructor(message: string) {
    super('pause_changed', message);
  }
}

/**
 * Pauses a type for a worker manually: only a person may lift it.
 * @throws PauseChanged 409 if it is already paused.
 */
export async function setPause(
  tx: Tx,
  actor: Actor,
  { reason, ...place }: PausedType & { reason: string },
): Promise<{ pauseId: string }> {
  const { workerId, organizationId, type } = place;
  const record = await tx.workerTypeRecord.findUnique({
    where: { workerId_organizationId_type: { workerId, organizationId, type } },
  });
  const golds = talliedSince(record ?? NO_GOLDS);
  const by = { reason, golds, returnsBy: 'person', returnsAt: null } as const;
  const pause = await insertPause(tx, actor, { ...place, ...by });
  if (!pause) throw new PauseChanged('This type is paused for the worker already.');
  return { pauseId: pause.id };
}

/**
 * Lifts a pause manually. Earlier golds count less, or the next one could immediately cause another
 * pause.
 * @throws NotFound if there is none in `scope`, PauseChanged 409 if it has ended.
 */
export async function liftPause(
  tx: Tx,
  actor: Actor,
  { pauseId, reason }: LiftPause,
  scope: Prisma.SkillPauseWhereInput,
): Promise<void> {
  const pause = await tx.skillPause.findFirst({ where: { AND: [{ id: pauseId }, scope] } });
  if (!pause) throw new NotFound('pause', pauseId);
  const since = { correct: 0, total: 0 };
  const ended = await endPause(tx, actor, pause, { reason, since });
  if (!ended) throw new PauseChanged('This pause is over already.');
}

/**
 * An operator pauses an organization's type for a worker.
 * @throws Forbidden, NotFound, PauseChanged 409
 */
export async function pauseTypeByOperator(actor: Actor, input: PauseType): Promise<void> {
  assertOperates(actor);
  const [worker, organization] = await Promise.all([
    db.worker.count({ where: { id: input.workerId, mode: actor.mode } }),
    db.organization.count({ where: { id: input.organizationId } }),
  ]);
  if (worker === 0) throw new NotFound('worker', input.workerId);
  if (organization === 0) throw new NotFound('organization', input.organizationId);
  await transaction((tx) => setPause(tx, actor, input));
  kickOutbox();
}

/**
 * An operator lifts a pause, regardless of its origin.
 * @throws Forbidden, NotFound, PauseChanged 409
 */
export async function liftPauseByOperator(actor: Actor, input: LiftPause): Promise<void> {
  assertOperates(actor);
  const { mode } = actor;
  await transaction(async (tx) => {
    const pause = await tx.skillPause.findUnique({ where: { id: input.pauseId } });
    const workerId = pause?.workerId ?? input.pauseId;
    if ((await tx.worker.count({ where: { id: workerId, mode } })) === 0) {
      throw new NotFound('pause', input.pauseId);
    }
    await liftPause(tx, actor, input, {});
  });
  kickOutbox();
}

function assertOperates(actor: Actor): asserts actor is Extract<Actor, { kind: 'operator' }> {
  if (actor.kind !== 'operator') {
    throw new Forbidden('not_allowed', 'Only operators can manage workers.');
  }
}
