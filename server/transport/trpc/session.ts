import type { Actor, Mode, WorkerActor } from '@/server/platform/actor';

export type MemberActor = Extract<Actor, { kind: 'member' }>;
export type OperatorActor = Extract<Actor, { kind: 'operator' }>;

/** Who a request's cookie says it is, as they are now; what they may act as is read besides. */
export interface SessionUser {
  userId: string;
  sessionId: string;
  name: string;
  email: string;
  emailConfirmed: boolean;
}

/**
 * Who is signed in, and as whom that user may act; each is read once a request, when asked for. The
 * doors make it of a request (`server/doors/session.ts`).
 */
export interface Session {
  user: SessionUser | null;
  /** Whether it still counts, for what outlives a request. */
  isOpen: () => Promise<boolean>;
  /** Whether its user is still a member as `actor`, for what outlives a request. */
  isMember: (actor: MemberActor) => Promise<boolean>;
  mode: Mode;
  member: () => Promise<MemberActor | null>;
  worker: () => Promise<WorkerActor | null>;
  operator: () => Promise<OperatorActor | null>;
}
