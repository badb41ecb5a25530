import { z } from 'zod';
import { DisplayName, Email, Password } from '@/server/features/organizations/schema';

/** Contracts for a user's own account. Browser-safe. */

/**
 * Returns the text if it is a path of this site, else null. Prevents open redirects after sign-in
 * however the target is written: browsers resolve `/\x` and `/<tab>/x` to other sites.
 */
export function ownPath(text: unknown): string | null {
  if (typeof text !== 'string' || !text.startsWith('/') || text.length > 2_000) return null;
  const base = 'http://own.invalid';
  if (!URL.canParse(text, base)) return null;
  const url = new URL(text, base);
  // A path with `..` may resolve to one that starts with two slashes, which is another site.
  const isOwn = url.origin === base && !url.pathname.startsWith('//');
  return isOwn ? `${url.pathname}${url.search}${url.hash}` : null;
}

export const LinkToken = z.string().min(1).max(128);
export const ByLink = z.object({ token: LinkToken });

export const RequestReset = z.strictObject({ email: Email });
export type RequestReset = z.infer<typeof RequestReset>;

export const RequestSignInLink = z.strictObject({
  email: Email,
  /** Where to go after sign-in. */
  next: z.string().max(2_000).optional(),
});
export type RequestSignInLink = z.infer<typeof RequestSignInLink>;

export const ResetPassword = z.strictObject({ token: LinkToken, password: Password });
export type ResetPassword = z.infer<typeof ResetPassword>;

const CurrentPassword = z
  .string()
  .min(1, 'Enter your current password.')
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
  /** Omitted by users without a password. */
  currentPassword: CurrentPassword.optional(),
});
export type ChangeEmail = z.infer<typeof ChangeEmail>;

/** A preview of confirming an address through a link. */
export interface ConfirmLinkView {
  email: string;
  /**
   * Whether it would remove the password and end every session, because nobody is signed in here.
   */
  clears: boolean;
}

export interface Confirmed {
  email: string;
  /** Token of a link to choose a password if the password was removed; else null. */
  resetToken: string | null;
}

export const PROVIDERS = ['github', 'google'] as const;
export type Provider = (typeof PROVIDERS)[number];

export type SignInMethod = 'password' | 'link' | Provider;

/** The signed-in user and their session. */
export interface SignedIn {
  userId: string;
  sessionId: string;
}

export interface AccountView {
  userId: string;
  name: string;
  email: string;
  emailConfirmed: boolean;
  /** A pending address: it replaces the current one once confirmed. */
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
  /** When it ended; such sessions are listed as history only. */
  endedAt: Date | null;
  isThisOne: boolean;
}

/** The sign-in methods this instance offers. */
export interface WaysIn {
  services: Provider[];
  /** Whether sign-in links can be e-mailed. */
  link: boolean;
  /** Whether e-mails are read in this instance's own mailbox. */
  mailbox: boolean;
}
