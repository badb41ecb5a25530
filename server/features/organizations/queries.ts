import type { Actor, MemberRole, Mode } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';

type MemberActor = Extract<Actor, { kind: 'member' }>;
type OperatorActor = Extract<Actor, { kind: 'operator' }>;

export interface Membership {
  organizationId: string;
  organizationName: string;
  role: MemberRole;
  /** Why an operator has suspended it; null where none has. */
  suspendedReason: string | null;
}

/** The organizations a user may act for, the first joined first. */
export async function listMemberships(userId: string): Promise<Membership[]> {
  const members = await db.member.findMany({
    where: { userId },
    include: { organization: { select: { name: true, suspendedReason: true } } },
    orderBy: [{ createdAt: 'asc' }, { organizationId: 'asc' }],
  });
  return members.map((member) => ({
    organizationId: member.organizationId,
    organizationName: member.organization.name,
    role: member.role,
    suspendedReason: member.organization.suspendedReason,
  }));
}

/**
 * A signed-in user as an actor for an organization; the first joined where none is named.
 * @throws NotFound where the user is no member of it.
 */
export async function memberActor(input: {
  userId: string;
  organizationId?: string;
  mode: Mode;
}): Promise<MemberActor> {
  const { userId, organizationId, mode } = input;
  const nameable = organizationId === undefined || isUuid(organizationId);
  const member = nameable
    ? await db.member.findFirst({
        where: { userId, ...(organizationId ? { organizationId } : {}) },
        orderBy: [{ createdAt: 'asc' }, { organizationId: 'asc' }],
      })
    : null;
  if (!member) throw new NotFound('organization', organizationId);
  return {
    kind: 'member',
    organizationId: member.organizationId,
    mode,
    userId,
    role: member.role,
  };
}

/**
 * A signed-in user as an operator of this instance.
 * @throws NotFound where the user is none, so that the console reveals nothing.
 */
export async function operatorActor(userId: string, mode: Mode): Promise<OperatorActor> {
  const user = await db.user.findUnique({ where: { id: userId }, select: { isOperator: true } });
  if (!user?.isOperator) throw new NotFound('page');
  return { kind: 'operator', userId, mode };
}
