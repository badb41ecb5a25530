import type { Actor } from '@/server/platform/actor';
import { env } from '@/server/platform/env';
import { NotFound } from '@/server/platform/errors';
import { isLoopbackOnly } from '@/server/platform/exposure';

/**
 * Whether everyone who reaches this instance may read its outgoing mail: only if no mail server is
 * set and only this machine is served, or with `MAILBOX=open`. Anywhere else a stranger could
 * request somebody's reset link and read it here.
 */
export function isMailboxOpen(): boolean {
  if (env.SMTP_URL) return false;
  if (env.MAILBOX) return env.MAILBOX === 'open';
  return isLoopbackOnly(env);
}

/**
 * Guards the instance's mail: readable by operators, and by others only if the mailbox is open.
 * @throws NotFound, so that a closed mailbox reveals nothing.
 */
export function assertReadsMail(actor: Actor | null): void {
  if (actor?.kind === 'operator' || isMailboxOpen()) return;
  throw new NotFound('page');
}
