import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { type Page, pageOf } from '@/server/platform/page';
import {
  assertActsForOrganization,
  assertAllowed,
  assertManagesTeam,
  canReadAudit,
} from './access';
import type { AuditRecord, ListAuditQuery, OpenInvitation, TeamMember } from './schema';

const DAY_MS = 86_400_000;

/** The organization's members, earliest first. */
export async function listMembers(actor: Actor): Promise<TeamMember[]> {
  const { organizationId } = assertActsForOrganization(actor, 'member');
  const members = await db.member.findMany({
    where: { organizationId },
    include: { user: { select: { name: true, email: true } } },
    orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
  });
  return members.map(({ userId, role, createdAt, user }) => ({
    userId,
    role,
    joinedAt: createdAt,
    ...user,
  }));
}

/**
 * Open invitations, newest first.
 * @throws Forbidden unless the actor may manage the team.
 */
export async function listInvitations(actor: Actor): Promise<OpenInvitation[]> {
  const { organizationId } = assertManagesTeam(actor);
  return db.invitation.findMany({
    where: { organizationId, acceptedAt: null, revokedAt: null, expiresAt: { gt: clock.now() } },
    select: { id: true, role: true, email: true, note: true, createdAt: true, expiresAt: true },
    orderBy: { id: 'desc' },
  });
}

/**
 * A page of the organization's audit log, newest first, with users' names.
 * @throws Forbidden unless the actor is an owner or admin.
 */
export async function listAudit(actor: Actor, query: ListAuditQuery): Promise<Page<AuditRecord>> {
  const { organizationId } = assertActsForOrganization(actor, 'audit log');
  assertAllowed(canReadAudit(actor), 'Only owners and admins can read the audit log.');
  const rows = await db.auditEntry.findMany({
    where: {
      organizationId,
      ...(query.after ? { id: { lt: query.after } } : {}),
      ...(query.action ? { action: { startsWith: query.action } } : {}),
      ...(query.actor ? { actor: query.actor } : {}),
      createdAt: {
        ...(query.from ? { gte: new Date(query.from) } : {}),
        ...(query.to ? { lt: new Date(Date.parse(query.to) + DAY_MS) } : {}),
      },
    },
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  const names = await findActorNames(rows.map((row) => row.actor));
  return pageOf(rows, query.limit, (row) => ({
    id: row.id,
    actor: names.get(row.actor) ?? row.actor,
    actorLabel: row.actor,
    action: row.action,
    subject: row.subject,
    data: row.data as Record<string, unknown>,
    network: row.actor.startsWith('operator:') ? null : row.network,
    at: row.createdAt,
  }));
}

/** The names of labels that refer to users. */
export async function findActorNames(labels: readonly string[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const label of labels) {
    const [kind, id] = label.split(':');
    if ((kind === 'member' || kind === 'operator') && id) ids.set(label, id);
  }
  const users = await db.user.findMany({
    where: { id: { in: [...new Set(ids.values())] } },
    select: { id: true, name: true },
  });
  const byId = new Map(users.map((user) => [user.id, user.name]));
  return new Map([...ids].map(([label, id]) => [label, byId.get(id) ?? label]));
}
