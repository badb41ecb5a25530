import type { Actor } from '@/server/platform/actor';
import { env } from '@/server/platform/env';
import { NotFound } from '@/server/platform/errors';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/**
 * True where whoever reaches this instance may read what it would have sent: no mail server is set,
 * and only this machine is served, or it was said so. Anywhere else a stranger could ask for
 * somebody's reset link and read it here.
 */
export function isMailboxOpen(): boolean {
  if (env.SMTP_URL) return false;
  if (env.MAILBOX) return env.MAILBOX === 'open';
  const servesItselfOnly = !env.HOST || LOOPBACK.has(env.HOST);
  return servesItselfOnly && LOOPBACK.has(new URL(env.PUBLIC_URL).hostname);
}

/**
 * Guards the instance's mail: operators read it, and others only where the mailbox is open.
 * @throws NotFound, so that a closed mailbox reveals nothing.
 */
export function assertReadsMail(actor: Actor | null): void {
  if (actor?.kind === 'operator' || isMailboxOpen()) return;
  throw new NotFound('page');
}
