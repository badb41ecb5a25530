import type { SignedInUser } from '@/server/features/organizations';
import { transaction } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';
import { LinkOver } from './errors';
import { takeLink } from './links';
import { proveAddress } from './prove-address';
import type { SignedIn } from './schema';
import { forgetSessions } from './sessions';

/**
 * Consumes a sign-in link, which also proves the address; see `proveAddress`.
 * @param by the session that opened the link, if any.
 * @returns the link's user, or null if the link was used, has expired, or never existed.
 */
export async function signInByLink(
  token: string,
  by: SignedIn | null = null,
): Promise<SignedInUser | null> {
  try {
    const { user, ended } = await transaction(async (tx) => {
      const link = await takeLink(tx, 'sign_in', token);
      const proved = await proveAddress(tx, { userId: link.userId, email: link.email, by });
      return {
        user: await tx.user.findUniqueOrThrow({ where: { id: link.userId } }),
        ended: proved.ended,
      };
    });
    forgetSessions(ended);
    kickOutbox();
    return { id: user.id, email: user.email, name: user.name, isOperator: user.isOperator };
  } catch (error) {
    if (error instanceof LinkOver) return null;
    throw error;
  }
}
