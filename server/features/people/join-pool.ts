import type { PoolInvitation, Worker } from '@/prisma/generated/client';
import { audit, isMailedTo, openAccount, proveByInvitation } from '@/server/features/organizations';
import { createWorker, grantSkills, takeInWorker } from '@/server/features/workers';
import { clock } from '@/server/platform/clock';
import { db, type Tx, transaction } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';
import { PEOPLE_MODE } from './access';
import { AlreadyInPool, PoolInvitationOver } from './errors';
import { findByToken } from './invite-workers';
import { JoinByInvitation, type PoolInvitationView } from './schema';

/**
 * The invitation of a link, and what accepting would make of the user.
 * @throws PoolInvitationOver 404
 */
export async function viewPoolInvitation(
  token: string,
  userId: string | null,
): Promise<PoolInvitationView> {
  const invitation = await findByToken(db, token);
  if (!invitation) throw new PoolInvitationOver();
  const { organizationId, skills, expiresAt } = invitation;
  const organization = await db.organization.findUnique({
    where: { id: organizationId },
    select: { name: true },
  });
  if (!organization) throw new PoolInvitationOver();
  return {
    organizationName: organization.name,
    skills,
    expiresAt,
    becomes: userId ? await becomes(userId, organizationId) : 'worker',
  };
}

async function becomes(
  userId: string,
  organizationId: string,
): Promise<PoolInvitationView['becomes']> {
  const worker = await db.worker.findUnique({
    where: { userId_mode: { userId, mode: PEOPLE_MODE } },
    include: { guestOf: { where: { organizationId } } },
  });
  if (!worker || worker.removedAt) return 'worker';
  const isThere = worker.poolOrganizationId === organizationId || worker.guestOf.length > 0;
  return isThere ? 'nothing' : 'guest';
}

/**
 * Adds the signed-in user to the invitation's pool: as a new worker, or, if they already work
 * elsewhere, as a guest with their existing account.
 * @throws PoolInvitationOver 404; AlreadyInPool 409, without consuming the link.
 */
export async function acceptPoolInvitation(
  me: { userId: string; sessionId: string },
  token: string,
): Promise<{ workerId: string }> {
  const joined = await transaction(async (tx) => {
    await proveByInvitation(tx, me, token);
    return join(tx, me.userId, token);
  });
  kickOutbox();
  return joined;
}

/**
 * Signs up a new user who joins a pool and gets no organization. An invitation e-mailed to the
 * address proves it.
 * @returns null if the address has an account, whose owner is then e-mailed; see `openAccount`.
 * @throws PoolInvitationOver 404, TooManySignUps 429; ZodError for an invalid name, address or
 * password.
 */
export async function joinPool(
  input: JoinByInvitation,
  network: string | null = null,
): Promise<{ workerId: string } | null> {
  const { token, ...person } = JoinByInvitation.parse(input);
  // Checked first so that guessed links do not cost a password hash.
  if (!(await findByToken(db, token))) throw new PoolInvitationOver();
  return openAccount(
    { ...person, emailConfirmed: isMailedTo(token, person.email) },
    { network, next: `/pool-invitations/${token}` },
    (tx, user) => join(tx, user.id, token),
  );
}

async function join(tx: Tx, userId: string, token: string): Promise<{ workerId: string }> {
  // Serialized, so that a double click finds what the first one created.
  await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR UPDATE`;
  const invitation = await findByToken(tx, token);
  if (!invitation) throw new PoolInvitationOver();
  // Compare-and-set: concurrent uses cannot exceed the link's limit.
  const taken = await tx.poolInvitation.updateMany({
    where: {
      id: invitation.id,
      revokedAt: null,
      uses: { lt: db.poolInvitation.fields.usesMax },
    },
    data: { uses: { increment: 1 } },
  });
  if (taken.count === 0) throw new PoolInvitationOver();
  const worker = await tx.worker.findUnique({
    where: { userId_mode: { userId, mode: PEOPLE_MODE } },
  });
  const workerId = await seat(tx, userId, worker, invitation);
  const joined = { kind: 'worker', workerId, userId, mode: PEOPLE_MODE } as const;
  const { id, organizationId, skills } = invitation;
  const subject = `pool_invitation:${id}`;
  const guest = worker !== null && worker.removedAt === null;
  await audit(tx, joined, 'pool_invitation.accepted', subject, { guest, skills }, organizationId);
  return { workerId };
}

/** Makes the user a worker of the pool, depending on what they already are. */
async function seat(
  tx: Tx,
  userId: string,
  worker: Worker | null,
  invitation: PoolInvitation,
): Promise<string> {
  const { organizationId, skills, tier, capacity } = invitation;
  if (!worker) {
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    const made = await createWorker(tx, {
      userId,
      mode: PEOPLE_MODE,
      displayName: user.name,
      skills,
      tier,
      capacity,
      poolOrganizationId: organizationId,
    });
    return made.id;
  }
  if (worker.removedAt) {
    await takeInWorker(tx, worker, { poolOrganizationId: organizationId, tier, capacity });
    await tx.workerSkill.deleteMany({ where: { workerId: worker.id, skill: { notIn: skills } } });
    await grantSkills(tx, worker.id, skills);
    return worker.id;
  }
  if (worker.poolOrganizationId === organizationId) throw new AlreadyInPool();
  const { count } = await tx.poolGuest.createMany({
    data: [{ organizationId, workerId: worker.id, skills, createdAt: clock.now() }],
    skipDuplicates: true,
  });
  if (count === 0) throw new AlreadyInPool();
  return worker.id;
}
