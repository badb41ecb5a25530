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
  /** Why an operator has suspended it, or null. */
  suspendedReason: string | null;
}

/** The organizations a user may act for, in the order they were joined. */
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
 * The signed-in user as an actor for an organization; defaults to the first one joined.
 * @throws NotFound if the user is not a member.
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
 * The signed-in user as an operator of this instance.
 * @throws NotFound if the user is not an operator, so that the console is not revealed.
 */
export async function operatorActor(userId: string, mode: Mode): Promise<OperatorActor> {
  const user = await db.user.findUnique({ where: { id: userId }, select: { isOperator: true } });
  if (!user?.isOperator) throw new NotFound('page');
  return { kind: 'operator', userId, mode };
}
