import type { AppError } from './errors';

/** `live`: real workers, real sats. `test`: simulated workers, play sats. A column on everything. */
export type Mode = 'live' | 'test';
export const MODES = ['live', 'test'] as const;

export type Scope = 'tasks:read' | 'tasks:write' | 'webhooks:write' | 'usage:read';
export const SCOPES = ['tasks:read', 'tasks:write', 'webhooks:write', 'usage:read'] as const;

export type MemberRole = 'owner' | 'admin' | 'developer' | 'viewer';
export const MEMBER_ROLES = ['owner', 'admin', 'developer', 'viewer'] as const;

/**
 * The caller, resolved once by the transport. Every use case takes one as its first argument, and
 * every read is restricted to what that actor may see.
 */
export type Actor =
  | {
      kind: 'key';
      organizationId: string;
      mode: Mode;
      keyId: string;
      scopes: readonly Scope[];
      /** The error for its writes, if they are blocked. */
      writesRefused?: AppError;
    }
  | { kind: 'member'; organizationId: string; mode: Mode; userId: string; role: MemberRole }
  /** The holder of a purchase's L402 token, who may only act on that one task. */
  | { kind: 'purchase'; organizationId: string; mode: Mode; purchaseId: string }
  | { kind: 'worker'; workerId: string; userId: string; mode: Mode }
  | { kind: 'operator'; userId: string; mode: Mode }
  | { kind: 'system'; mode?: Mode };

/** An actor that acts for one organization. */
export type OrganizationActor = Extract<Actor, { organizationId: string }>;
export type PurchaseActor = Extract<Actor, { kind: 'purchase' }>;
export type WorkerActor = Extract<Actor, { kind: 'worker' }>;

export const SYSTEM: Actor = { kind: 'system' };

/** The actor's label in timelines and the audit log, such as `key:0198…` or `system`. */
export function actorLabel(actor: Actor): string {
  switch (actor.kind) {
    case 'key':
      return `key:${actor.keyId}`;
    case 'member':
    case 'operator':
      return `${actor.kind}:${actor.userId}`;
    case 'purchase':
      return `purchase:${actor.purchaseId}`;
    case 'worker':
      return `worker:${actor.workerId}`;
    case 'system':
      return 'system';
  }
}
