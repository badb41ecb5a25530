import type { Actor, Mode, WorkerActor } from '@/server/platform/actor';

export type MemberActor = Extract<Actor, { kind: 'member' }>;
export type OperatorActor = Extract<Actor, { kind: 'operator' }>;

/** The current user of a request's cookie; roles are read separately. */
export interface SessionUser {
  userId: string;
  sessionId: string;
  name: string;
  email: string;
  emailConfirmed: boolean;
}

/**
 * The signed-in user and their roles, each read once per request on demand. Created from a request
 * by the doors (`server/doors/session.ts`).
 */
export interface Session {
  user: SessionUser | null;
  /** Whether it is still valid, for long-lived connections. */
  isOpen: () => Promise<boolean>;
  /** Whether the user is still a member as `actor`, for long-lived connections. */
  isMember: (actor: MemberActor) => Promise<boolean>;
  mode: Mode;
  member: () => Promise<MemberActor | null>;
  worker: () => Promise<WorkerActor | null>;
  operator: () => Promise<OperatorActor | null>;
}
