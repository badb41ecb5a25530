import type { PoolInvitation } from '@/prisma/generated/client';
import { enqueueEmail } from '@/server/features/emails';
import {
  assertMayInvite,
  audit,
  mailedToken,
  throttleInvitations,
  tokenOf,
} from '@/server/features/organizations';
import { assertSkillsKnown } from '@/server/features/workers';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { randomBase62, sha256Hex } from '@/server/platform/crypto';
import { db, type Tx, transaction } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { NotFound } from '@/server/platform/errors';
import { isUuid, newId } from '@/server/platform/ids';
import { kickOutbox } from '@/server/platform/outbox';
import { assertManagesPeople, assertSeesPeople } from './access';
import { InviteWorkers, type OpenPoolInvitation } from './schema';

const TWO_WEEKS_MS = 14 * 24 * 60 * 60 * 1_000;
const TOKEN_CHARS = 40;

export interface MadeInvitation extends OpenPoolInvitation {
  url: string;
}

/**
 * Creates links with which people join the organization's pool within two weeks: one per address,
 * e-mailed to it, or a single one to share. The links are only returned here: only hashes are
 * stored.
 * @throws Forbidden; AddressNotConfirmed 403; TooManyInvitations 429; UnknownSkill 422; ZodError
 * for an invalid address or a value out of range.
 */
export async function inviteWorkers(actor: Actor, input: InviteWorkers): Promise<MadeInvitation[]> {
  const { emails, usesMax, ...terms } = InviteWorkers.parse(input);
  const manager = assertManagesPeople(actor);
  const { organizationId } = manager;
  await assertMayInvite(manager);
  await assertSkillsKnown(terms.skills);
  await throttleInvitations(manager, [...new Set(emails)]);
  const userId = 'userId' in actor ? actor.userId : '';
  const [organization, inviter] = await Promise.all([
    db.organization.findUniqueOrThrow({ where: { id: organizationId }, select: { name: true } }),
    db.user.findUnique({ where: { id: userId }, select: { name: true } }),
  ]);
  const now = clock.now();
  const expiresAt = new Date(now.getTime() + TWO_WEEKS_MS);
  const addresses = emails.length === 0 ? [null] : [...new Set(emails)];
  const made = addresses.map((email) => {
    const token = randomBase62(TOKEN_CHARS);
    const path = pathOf(token);
    return {
      path,
      mailedPath: email ? pathOf(mailedToken(token, email)) : path,
      tokenHash: sha256Hex(token),
      invitation: {
        id: newId(),
        email,
        ...terms,
        skills: [...new Set(terms.skills)],
        uses: 0,
        usesMax: email === null ? usesMax : 1,
        createdAt: now,
        expiresAt,
      },
    };
  });
  await transaction(async (tx) => {
    for (const { invitation, mailedPath, tokenHash } of made) {
      await tx.poolInvitation.create({
        data: { ...invitation, organizationId, tokenHash, createdBy: userId },
      });
      const { email, note, skills, tier } = invitation;
      await audit(tx, actor, 'pool_invitation.created', `pool_invitation:${invitation.id}`, {
        note,
        skills,
        tier,
        ...(email ? { email } : { usesMax }),
      });
      if (email === null) continue;
      await enqueueEmail(tx, {
        to: email,
        template: 'invitation',
        data: {
          kind: 'pool',
          organizationName: organization.name,
          inviterName: inviter?.name ?? organization.name,
          expiresAt: expiresAt.toISOString(),
          path: mailedPath,
        },
        organizationId,
        sendBefore: expiresAt,
      });
    }
  });
  kickOutbox();
  return made.map(({ invitation, path }) => ({
    ...invitation,
    url: new URL(path, env.PUBLIC_URL).href,
  }));
}

function pathOf(token: string): string {
  return `/pool-invitations/${token}`;
}

/** Revokes an invitation and its link. @throws NotFound, Forbidden */
export async function revokePoolInvitation(actor: Actor, id: string): Promise<{ id: string }> {
  const { organizationId } = assertManagesPeople(actor);
  await transaction(async (tx) => {
    const { count } = isUuid(id)
      ? await tx.poolInvitation.updateMany({
          where: { id, organizationId, revokedAt: null },
          data: { revokedAt: clock.now() },
        })
      : { count: 0 };
    if (count === 0) throw new NotFound('invitation', id);
    await audit(tx, actor, 'pool_invitation.revoked', `pool_invitation:${id}`);
  });
  return { id };
}

/** Open invitations, newest first, for members who manage people. */
export async function listPoolInvitations(actor: Actor): Promise<OpenPoolInvitation[]> {
  const { organizationId } = assertManagesPeople(actor);
  const rows = await db.poolInvitation.findMany({
    where: {
      organizationId,
      revokedAt: null,
      expiresAt: { gt: clock.now() },
      uses: { lt: db.poolInvitation.fields.usesMax },
    },
    orderBy: { id: 'desc' },
    take: 200,
  });
  return rows.map(openOf);
}

function openOf(row: PoolInvitation): OpenPoolInvitation {
  const { id, email, note, skills, tier, capacity, uses, usesMax, createdAt, expiresAt } = row;
  return { id, email, note, skills, tier, capacity, uses, usesMax, createdAt, expiresAt };
}

/** The names of all skills that can be granted. */
export async function listSkills(actor: Actor): Promise<{ name: string; description: string }[]> {
  assertSeesPeople(actor);
  return db.skill.findMany({
    select: { name: true, description: true },
    orderBy: { name: 'asc' },
  });
}

/** The open invitation of a link. */
export async function findByToken(reader: Tx | typeof db, token: string) {
  const tokenHash = sha256Hex(tokenOf(token));
  const row = await reader.poolInvitation.findUnique({ where: { tokenHash } });
  const isOpen =
    row && !row.revokedAt && row.expiresAt > clock.now() && row.uses < row.usesMax ? row : null;
  return isOpen;
}
