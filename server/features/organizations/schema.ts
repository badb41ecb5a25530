import { z } from 'zod';
import { MEMBER_ROLES, type MemberRole } from '@/server/platform/actor';
import { AUDIT_NOUNS } from './policy';

/** Inputs about users and organizations. Browser-safe. */

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email('Enter an e-mail address, such as ada@example.com.'));

/** Requires length instead of special characters, because length makes a password hard to guess. */
export const Password = z
  .string()
  .min(12, 'Use at least 12 characters; a few words make a good password.')
  .max(256, 'Use at most 256 characters.');

export const DisplayName = z
  .string()
  .trim()
  .min(1, 'Enter a name.')
  .max(120, 'Use at most 120 characters.');

export const NewUser = z.strictObject({
  email: Email,
  name: DisplayName,
  /** Null for users who sign in with an external account. */
  password: Password.nullable(),
  isOperator: z.boolean().default(false),
  /** Whether the address is already proved. */
  emailConfirmed: z.boolean().default(false),
});
export type NewUser = z.input<typeof NewUser>;

export const SignUp = z.strictObject({
  email: Email,
  name: DisplayName,
  password: Password,
  organization: DisplayName,
});
export type SignUp = z.input<typeof SignUp>;

/** The response to every sign-up, including for an address that has an account. */
export const RECEIVED = { received: true } as const;

export const CreateOrganization = z.strictObject({ name: DisplayName });
export type CreateOrganization = z.infer<typeof CreateOrganization>;

export const RenameOrganization = z.strictObject({ name: DisplayName });
export type RenameOrganization = z.infer<typeof RenameOrganization>;

export const TransferOwnership = z.strictObject({
  userId: z.uuid('Choose the new owner.'),
  /** Typed as confirmation, because the actor cannot undo the transfer. */
  organizationName: z.string(),
});
export type TransferOwnership = z.infer<typeof TransferOwnership>;

/** A member's role, from most to least privileged. */
export const Role = z.enum(MEMBER_ROLES);

export const CreateInvitation = z.strictObject({
  role: Role,
  /** Where the link is sent; if omitted, its creator shares it. */
  email: Email.optional(),
  /** A note for the list, such as whom it is for. */
  note: z.string().trim().max(200, 'At most 200 characters.').default(''),
});
export type CreateInvitation = z.input<typeof CreateInvitation>;

export const ChangeRole = z.strictObject({ userId: z.uuid(), role: Role });
export type ChangeRole = z.infer<typeof ChangeRole>;

export const InvitationToken = z.string().min(1).max(128);

/** A new user who joins through a link. */
export const JoinByInvitation = z.strictObject({
  token: InvitationToken,
  email: Email,
  name: DisplayName,
  password: Password,
});
export type JoinByInvitation = z.input<typeof JoinByInvitation>;

export interface TeamMember {
  userId: string;
  name: string;
  email: string;
  role: MemberRole;
  joinedAt: Date;
}

/** An open invitation; only its creator knows its link. */
export interface OpenInvitation {
  id: string;
  role: MemberRole;
  email: string | null;
  note: string;
  createdAt: Date;
  expiresAt: Date;
}

/** An invitation as the holder of its link sees it. */
export interface InvitationView {
  organizationName: string;
  role: MemberRole;
  expiresAt: Date;
}

/** Whether live tasks may also go to the public pool. */
export const SetPublicPool = z.strictObject({ publicPool: z.boolean() });
export type SetPublicPool = z.infer<typeof SetPublicPool>;

/** Whether workers of the public pool need an operator's approval to see the tasks. */
export const SetVettedWorkersOnly = z.strictObject({ vettedWorkersOnly: z.boolean() });
export type SetVettedWorkersOnly = z.infer<typeof SetVettedWorkersOnly>;

/** An operator suspends or resumes an organization. */
export const SuspendOrganization = z.strictObject({
  organizationId: z.uuid(),
  suspended: z.boolean(),
  reason: z
    .string()
    .trim()
    .min(5, 'Enter a short reason; the organization sees it.')
    .max(500, 'At most 500 characters.'),
});
export type SuspendOrganization = z.infer<typeof SuspendOrganization>;

export const ListAuditQuery = z.strictObject({
  limit: z.number().int().min(1).max(100).default(50),
  after: z.uuid().optional(),
  /** The prefix of an action, such as `api_key`. */
  action: z.string().max(64).optional(),
  /** The actor's label, such as `member:0198…`. */
  actor: z.string().max(64).optional(),
  /** First and last day (UTC), inclusive. */
  from: z.iso.date('Enter a date as YYYY-MM-DD.').optional(),
  to: z.iso.date('Enter a date as YYYY-MM-DD.').optional(),
});
export type ListAuditQuery = z.infer<typeof ListAuditQuery>;

export interface AuditRecord {
  id: string;
  /** The actor: a user's name, or a label such as `key:0198…`. */
  actor: string;
  /** The label, for filtering by actor. */
  actorLabel: string;
  action: string;
  subject: string;
  data: Record<string, unknown>;
  /** The network of the request; null if the system acted. */
  network: string | null;
  at: Date;
}

export const FindAuditEntries = ListAuditQuery.omit({ action: true, actor: true }).extend({
  noun: z.enum(AUDIT_NOUNS).optional(),
  organizationId: z.uuid().optional(),
  /** A user's e-mail address or ID, a key's ID, or `system`. */
  who: z.string().trim().max(254).optional(),
});
export type FindAuditEntries = z.input<typeof FindAuditEntries>;

/** An entry as operators see it. */
export interface InstanceAuditRecord extends AuditRecord {
  /** The organization whose log it is in; null for the instance's own. */
  organizationId: string | null;
  organization: string | null;
  /** The subject's name, if it has one. */
  subjectName: string | null;
}
