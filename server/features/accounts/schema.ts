import { z } from 'zod';
import { DisplayName, Email, Password } from '@/server/features/organizations/schema';

/** What people do with their own account. Browser-safe. */

/**
 * A path of this site, or null. A link must not send people elsewhere after they sign in, however it
 * is written: browsers take `/\x` and `/<tab>/x` for other sites.
 */
export function ownPath(text: unknown): string | null {
  if (typeof text !== 'string' || !text.startsWith('/') || text.length > 2_000) return null;
  const base = 'http://own.invalid';
  if (!URL.canParse(text, base)) return null;
  const url = new URL(text, base);
  // What climbs out of a folder may end up with two slashes at its start, which is another site.
  const isOwn = url.origin === base && !url.pathname.startsWith('//');
  return isOwn ? `${url.pathname}${url.search}${url.hash}` : null;
}

export const LinkToken = z.string().min(1).max(128);
export const ByLink = z.object({ token: LinkToken });

export const RequestReset = z.strictObject({ email: Email });
export type RequestReset = z.infer<typeof RequestReset>;

export const RequestSignInLink = z.strictObject({
  email: Email,
  /** Where to go once signed in. */
  next: z.string().max(2_000).optional(),
});
export type RequestSignInLink = z.infer<typeof RequestSignInLink>;

export const ResetPassword = z.strictObject({ token: LinkToken, password: Password });
export type ResetPassword = z.infer<typeof ResetPassword>;

const CurrentPassword = z
  .string()
  .min(1, 'Give your current password.')
  .max(1_024, 'This is not your current password.');

export const ChangePassword = z.strictObject({
  currentPassword: CurrentPassword,
  password: Password,
});
export type ChangePassword = z.infer<typeof ChangePassword>;

export const ChangeName = z.strictObject({ name: DisplayName });
export type ChangeName = z.infer<typeof ChangeName>;

export const ChangeEmail = z.strictObject({
  email: Email,
  /** Left out by those who have none. */
  currentPassword: CurrentPassword.optional(),
});
export type ChangeEmail = z.infer<typeof ChangeEmail>;

/** What confirming an address by a link would do. */
export interface ConfirmLinkView {
  email: string;
  /** Whether it would remove the password and end every session, as nobody is signed in here. */
  clears: boolean;
}

export interface Confirmed {
  email: string;
  /** Of a link to choose a password by, where the password was removed; else null. */
  resetToken: string | null;
}

export const PROVIDERS = ['github', 'google'] as const;
export type Provider = (typeof PROVIDERS)[number];

export type SignInMethod = 'password' | 'link' | Provider;

/** Who is signed in, and by which session. */
export interface SignedIn {
  userId: string;
  sessionId: string;
}

export interface AccountView {
  userId: string;
  name: string;
  email: string;
  emailConfirmed: boolean;
  /** An address that waits to be confirmed before it takes the place of the present one. */
  newEmail: string | null;
  hasPassword: boolean;
  identities: { provider: Provider; email: string; connectedAt: Date }[];
}

export interface SessionView {
  id: string;
  method: SignInMethod;
  /** Such as `Chrome on macOS`. */
  browser: string;
  network: string;
  createdAt: Date;
  lastSeenAt: Date;
  /** Where it ended, and it is only told of as history. */
  endedAt: Date | null;
  isThisOne: boolean;
}

/** How people can sign in on this instance. */
export interface WaysIn {
  services: Provider[];
  /** Whether a link can reach them. */
  link: boolean;
  /** Whether e-mails are read in this instance's own mailbox. */
  mailbox: boolean;
}
