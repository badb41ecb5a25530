import type { OrganizationActor } from '@/server/platform/actor';
import { sha256Hex } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { consume, type RateLimit } from '@/server/platform/rate-limit';
import { AddressNotConfirmed, TooManyInvitations } from './errors';

/** E-mails an organization sends by inviting, to its team and its pool: a large team in an hour. */
const BY_ORGANIZATION: RateLimit = { limit: 50, windowSeconds: 3_600 };
/** Invitations to one address, from all organizations. */
const BY_RECIPIENT: RateLimit = { limit: 6, windowSeconds: 3_600 };

/**
 * Inviting, by e-mail or by a link to hand over, is for members who have confirmed their own
 * address: others may hold an account whose address is a stranger's.
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
 * Counts invitations that go out by e-mail.
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
