import type { PoolGuest, Worker } from '@/prisma/generated/client';
import { audit } from '@/server/features/organizations';
import { releaseAssignment } from '@/server/features/tasks';
import {
  announceOnline,
  assertSkillsKnown,
  grantSkills,
  resumeWorker,
  stopWorker,
  takeOutWorker,
} from '@/server/features/workers';
import type { Actor } from '@/server/platform/actor';
import { db, type Tx, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import { kickOutbox } from '@/server/platform/outbox';
import { assertManagesPeople, PEOPLE_MODE } from './access';
import { PausedByOperator, PersonChanged, SetElsewhere } from './errors';
import { SetPersonStatus, UpdatePerson } from './schema';

/** One of the organization's own people, or a guest with the row that makes them one. */
interface Found {
  worker: Worker;
  guest: PoolGuest | null;
}

/**
 * Sets a person's skills, and for its own people tier and capacity. Waiting tasks are routed again.
 * @throws NotFound, Forbidden; PersonChanged 409; UnknownSkill, SetElsewhere 422.
 */
export async function updatePerson(
  actor: Actor,
  input: UpdatePerson,
): Promise<{ workerId: string; version: number }> {
  const change = UpdatePerson.parse(input);
  const { organizationId } = assertManagesPeople(actor);
  const skills = [...new Set(change.skills)];
  await assertSkillsKnown(skills);
  const version = await transaction(async (tx) => {
    const found = await lockedPerson(tx, organizationId, change.workerId);
    if (change.version !== (found.guest ?? found.worker).version) throw new PersonChanged();
    const before = found.guest
      ? await updateGuest(tx, found.guest, change, skills)
      : await updateOwn(tx, found.worker, change, skills);
    await audit(tx, actor, 'person.updated', `worker:${found.worker.id}`, {
      name: found.worker.displayName,
      granted: skills.filter((skill) => !before.includes(skill)),
      revoked: before.filter((skill) => !skills.includes(skill)),
      ...(change.tier && change.tier !== found.worker.tier ? { tier: change.tier } : {}),
      ...(change.tierAuto !== undefined && change.tierAuto !== found.worker.tierAuto
        ? { tierAuto: change.tierAuto }
        : {}),
      ...(change.capacity && change.capacity !== found.worker.capacity
        ? { capacity: change.capacity }
        : {}),
    });
    if (found.worker.online) await announceOnline(tx, [found.worker]);
    return change.version + 1;
  });
  kickOutbox();
  return { workerId: change.workerId, version };
}

async function updateGuest(
  tx: Tx,
  guest: PoolGuest,
  change: UpdatePerson,
  skills: string[],
): Promise<string[]> {
  const { tier, tierAuto, capacity } = change;
  if ([tier, tierAuto, capacity].some((each) => each !== undefined)) throw new SetElsewhere();
  const { organizationId, workerId } = guest;
  await tx.poolGuest.update({
    where: { organizationId_workerId: { organizationId, workerId } },
    data: { skills, version: { increment: 1 } },
  });
  return guest.skills;
}

async function updateOwn(
  tx: Tx,
  worker: Worker,
  { tier, tierAuto, capacity }: UpdatePerson,
  skills: string[],
): Promise<string[]> {
  const workerId = worker.id;
  await tx.worker.update({
    where: { id: workerId },
    data: { tier, tierAuto, capacity, version: { increment: 1 } },
  });
  const held = await tx.workerSkill.findMany({ where: { workerId }, select: { skill: true } });
  await tx.workerSkill.deleteMany({ where: { workerId, skill: { notIn: skills } } });
  await grantSkills(tx, workerId, skills);
  return held.map(({ skill }) => skill);
}

/**
 * Pauses a person, who keeps accepted tasks but gets no new ones, or resumes them. A guest is
 * paused for this organization only.
 * @throws NotFound, Forbidden
 */
export async function setPersonStatus(
  actor: Actor,
  input: SetPersonStatus,
): Promise<SetPersonStatus> {
  const { workerId, status } = SetPersonStatus.parse(input);
  const { organizationId } = assertManagesPeople(actor);
  await transaction(async (tx) => {
    const { worker, guest } = await lockedPerson(tx, organizationId, workerId);
    if ((guest ?? worker).status === status) return;
    if (guest) {
      await tx.poolGuest.update({
        where: { organizationId_workerId: { organizationId, workerId } },
        data: { status, version: { increment: 1 } },
      });
    } else {
      const changed = await (status === 'paused' ? stopWorker : resumeWorker)(tx, worker);
      if (!changed) throw new PausedByOperator();
    }
    const action = status === 'paused' ? 'person.paused' : 'person.unpaused';
    await audit(tx, actor, action, `worker:${workerId}`, { name: worker.displayName });
    if (guest && status === 'active' && worker.online) await announceOnline(tx, [worker]);
  });
  kickOutbox();
  return { workerId, status };
}

/**
 * Removes a person from the pool. Their tasks for the organization are released and routed again;
 * they keep their earnings.
 * @throws NotFound, Forbidden
 */
export async function removePerson(actor: Actor, workerId: string): Promise<{ workerId: string }> {
  const { organizationId } = assertManagesPeople(actor);
  const removed = await transaction(async (tx) => {
    const { worker, guest } = await lockedPerson(tx, organizationId, workerId);
    if (guest) {
      await tx.poolGuest.delete({
        where: { organizationId_workerId: { organizationId, workerId } },
      });
    } else {
      await takeOutWorker(tx, worker);
    }
    await audit(tx, actor, 'person.removed', `worker:${workerId}`, { name: worker.displayName });
    return worker;
  });
  await giveBackTasks(actor, organizationId, removed);
  return { workerId };
}

async function giveBackTasks(actor: Actor, organizationId: string, worker: Worker): Promise<void> {
  const open = await db.assignment.findMany({
    where: { workerId: worker.id, status: { in: ['offered', 'active'] }, task: { organizationId } },
    select: { id: true },
  });
  const self = {
    kind: 'worker',
    workerId: worker.id,
    userId: worker.userId ?? '',
    mode: worker.mode,
  } as const;
  for (const { id } of open) {
    const input = { assignmentId: id, reason: 'You were removed from this organization’s pool.' };
    // An assignment that just ended needs no release.
    await releaseAssignment(self, input, actor).catch(ignoreEnded);
  }
}

function ignoreEnded(error: unknown): void {
  const status = (error as { status?: number }).status;
  if (status !== 404 && status !== 409) throw error;
}

export async function lockedPerson(
  tx: Tx,
  organizationId: string,
  workerId: string,
): Promise<Found> {
  if (!isUuid(workerId)) throw new NotFound('person', workerId);
  await tx.$queryRaw`SELECT 1 FROM workers WHERE id = ${workerId}::uuid FOR NO KEY UPDATE`;
  const worker = await tx.worker.findFirst({ where: { id: workerId, mode: PEOPLE_MODE } });
  const guest = await tx.poolGuest.findUnique({
    where: { organizationId_workerId: { organizationId, workerId } },
  });
  const isOwn = worker?.poolOrganizationId === organizationId && worker.removedAt === null;
  if (!worker || !(isOwn || guest)) throw new NotFound('person', workerId);
  return { worker, guest: isOwn ? null : guest };
}
