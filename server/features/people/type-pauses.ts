import { liftPause, pseudonymOf, setPause, shownPause } from '@/server/features/verification';
import type { Actor } from '@/server/platform/actor';
import { db, type Prisma, transaction } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';
import { assertManagesPeople, assertSeesPeople, PEOPLE_MODE } from './access';
import { lockedPerson } from './change-person';
import { peopleOf } from './list-people';
import type { LiftPause, PausedWorker, PausePersonType } from './schema';

const SHOWN_MAX = 200;

/**
 * The organization's types that are paused for workers, newest first. Its own people are named;
 * workers of the public pool appear under the pseudonym used on its tasks.
 * @throws NotFound, Forbidden unless the actor is a member.
 */
export async function listTypePauses(actor: Actor): Promise<PausedWorker[]> {
  const { organizationId } = assertSeesPeople(actor);
  const pauses = await db.skillPause.findMany({
    where: { organizationId, liftedAt: null },
    orderBy: { id: 'desc' },
    take: SHOWN_MAX,
  });
  const ids = pauses.map(({ workerId }) => workerId);
  const workers = await db.$queryRaw<{ id: string; name: string; own: boolean }[]>`
    SELECT w.id, w.display_name AS name, (${peopleOf(organizationId)}) AS own
      FROM workers w WHERE w.id = ANY(${ids}::uuid[]) AND w.mode = ${PEOPLE_MODE}::mode`;
  const known = new Map(workers.map((worker) => [worker.id, worker]));
  return pauses.flatMap((pause) => {
    const worker = known.get(pause.workerId);
    if (!worker) return [];
    const name = worker.own ? worker.name : pseudonymOf(organizationId, worker.id);
    return [{ ...shownPause(pause), type: pause.type, worker: name }];
  });
}

/**
 * Pauses a type for one of the organization's people, who keeps accepted tasks; only a person can
 * lift it.
 * @throws NotFound, Forbidden; 409 if it is already paused.
 */
export async function pausePersonType(
  actor: Actor,
  { workerId, type, reason }: PausePersonType,
): Promise<void> {
  const { organizationId } = assertManagesPeople(actor);
  await transaction(async (tx) => {
    await lockedPerson(tx, organizationId, workerId);
    await setPause(tx, actor, { workerId, organizationId, type, reason });
  });
  kickOutbox();
}

/**
 * Lifts a pause of one of the organization's types, unless an operator set it.
 * @throws NotFound, Forbidden; 409 if it is already over.
 */
export async function liftTypePause(actor: Actor, input: LiftPause): Promise<void> {
  const { organizationId } = assertManagesPeople(actor);
  const scope: Prisma.SkillPauseWhereInput = {
    organizationId,
    NOT: { setBy: { startsWith: 'operator:' } },
  };
  await transaction((tx) => liftPause(tx, actor, input, scope));
  kickOutbox();
}
