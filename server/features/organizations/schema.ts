import { z } from 'zod';
import { MEMBER_ROLES, type MemberRole } from '@/server/platform/actor';
import { AUDIT_NOUNS } from './policy';

/** What people type about themselves and their organization. Browser-safe. */

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email('Give an e-mail address, such as ada@example.com.'));

/** Long rather than odd: length is what makes a password hard to guess. */
export const Password = z
  .string()
  .min(12, 'A password has at least 12 characters; a few words make a good one.')
  .max(256, 'A password has at most 256 characters.');

export const DisplayName = z
  .string()
  .trim()
  .min(1, 'Give a name.')
  .max(120, 'A name has at most 120 characters.');

export const NewUser = z.strictObject({
  email: Email,
  name: DisplayName,
  /** Null for who signs in by another account. */
  password: Password.nullable(),
  isOperator: z.boolean().default(false),
  /** True where the address is known to be theirs already. */
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

/** The answer to every sign-up, also with an address that has an account. */
export const RECEIVED = { received: true } as const;

export const CreateOrganization = z.strictObject({ name: DisplayName });
export type CreateOrganization = z.infer<typeof CreateOrganization>;

export const RenameOrganization = z.strictObject({ name: DisplayName });
export type RenameOrganization = z.infer<typeof RenameOrganization>;

export const TransferOwnership = z.strictObject({
  userId: z.uuid('Choose whom to hand it to.'),
  /** Typed out, as what follows cannot be taken back by who asks. */
  organizationName: z.string(),
});
export type TransferOwnership = z.infer<typeof TransferOwnership>;

/** What a member of a team may do, from most to least. */
export const Role = z.enum(MEMBER_ROLES);

export const CreateInvitation = z.strictObject({
  role: Role,
  /** Where the link is sent; left out, whoever makes it hands it over. */
  email: Email.optional(),
  /** For whom it is, such as a name; a reminder for the list. */
  note: z.string().trim().max(200, 'At most 200 characters.').default(''),
});
export type CreateInvitation = z.input<typeof CreateInvitation>;

export const ChangeRole = z.strictObject({ userId: z.uuid(), role: Role });
export type ChangeRole = z.infer<typeof ChangeRole>;

export const InvitationToken = z.string().min(1).max(128);

/** Somebody new who joins by a link. */
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

/** An invitation that can still be accepted; its link is known to who made it. */
export interface OpenInvitation {
  id: string;
  role: MemberRole;
  email: string | null;
  note: string;
  createdAt: Date;
  expiresAt: Date;
}

/** What a link leads to, for who opens it. */
export interface InvitationView {
  organizationName: string;
  role: MemberRole;
  expiresAt: Date;
}

/** Whether live tasks may go to the public pool as well as to the organization's own people. */
export const SetPublicPool = z.strictObject({ publicPool: z.boolean() });
export type SetPublicPool = z.infer<typeof SetPublicPool>;

/** Whether the public pool's workers must have been approved by an operator to see the tasks. */
export const SetVettedWorkersOnly = z.strictObject({ vettedWorkersOnly: z.boolean() });
export type SetVettedWorkersOnly = z.infer<typeof SetVettedWorkersOnly>;

/** An operator has an organization create nothing more, or lets it go on. */
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
  /** The beginning of an action, such as `api_key`. */
  action: z.string().max(64).optional(),
  /** Who did it, as the log labels them, such as `member:0198…`. */
  actor: z.string().max(64).optional(),
  /** First and last day (UTC), both included. */
  from: z.iso.date('Give a date as YYYY-MM-DD.').optional(),
  to: z.iso.date('Give a date as YYYY-MM-DD.').optional(),
});
export type ListAuditQuery = z.infer<typeof ListAuditQuery>;

export interface AuditRecord {
  id: string;
  /** Who did it: a person's name where it was one of ours, else a label such as `key:0198…`. */
  actor: string;
  /** The label itself, to look for everything by the same. */
  actorLabel: string;
  action: string;
  subject: string;
  data: Record<string, unknown>;
  /** The network the request came from; null where the product did it by itself. */
  network: string | null;
  at: Date;
}

export const FindAuditEntries = ListAuditQuery.omit({ action: true, actor: true }).extend({
  noun: z.enum(AUDIT_NOUNS).optional(),
  organizationId: z.uuid().optional(),
  /** An e-mail address or an id of a person, the id of a key, or `system`. */
  who: z.string().trim().max(254).optional(),
});
export type FindAuditEntries = z.input<typeof FindAuditEntries>;

/** An entry as operators see it. */
export interface InstanceAuditRecord extends AuditRecord {
  /** Whose log it stands in; null where it is the instance's own. */
  organizationId: string | null;
  organization: string | null;
  /** What it was done to, by its name where it has one. */
  subjectName: string | null;
}
