import type { OrganizationActor } from '@/server/platform/actor';
import { sha256Hex } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { consume, type RateLimit } from '@/server/platform/rate-limit';
import { AddressNotConfirmed, TooManyInvitations } from './errors';

/** Invitation e-mails of an organization to its team and pool: enough for a large team. */
const BY_ORGANIZATION: RateLimit = { limit: 50, windowSeconds: 3_600 };
/** Invitations to one address from all organizations. */
const BY_RECIPIENT: RateLimit = { limit: 6, windowSeconds: 3_600 };

/**
 * Only members with a confirmed address may invite, by e-mail or by link: an unconfirmed address
 * may belong to somebody else.
 * @throws AddressNotConfirmed 403
 */
export async function assertMayInvite(manager: OrganizationActor): Promise<void> {
  if (manager.kind !== 'member') return;
  const user = await db.user.findUnique({
    where: { id: manager.userId },
    select: { emailConfirmedAt: true },
  });
  if (!user?.emailConfirmedAt) throw new AddressNotConfirmed();
}

/**
 * Rate-limits e-mailed invitations.
 * @throws TooManyInvitations 429, before any is sent.
 */
export async function throttleInvitations(
  { organizationId }: OrganizationActor,
  emails: readonly string[],
): Promise<void> {
  for (const email of emails) {
    const recipient = sha256Hex(email).slice(0, 32);
    for (const state of [
      await consume(`invitations:${organizationId}`, BY_ORGANIZATION),
      await consume(`invitations:to:${recipient}`, BY_RECIPIENT),
    ]) {
      if (!state.allowed) throw new TooManyInvitations(Math.max(1, state.retryAfterSeconds));
    }
  }
}
