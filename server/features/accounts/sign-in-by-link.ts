import type { SignedInUser } from '@/server/features/organizations';
import { transaction } from '@/server/platform/db';
import { LinkOver } from './errors';
import { confirmByLink, takeLink } from './links';

/**
 * Who signs in with a link that was sent to them; null where it is over. It is used up, and shows
 * that the address is theirs.
 */
export async function signInByLink(token: string): Promise<SignedInUser | null> {
  try {
    return await transaction(async (tx) => {
      const link = await takeLink(tx, 'sign_in', token);
      await confirmByLink(tx, link);
      const user = await tx.user.findUniqueOrThrow({ where: { id: link.userId } });
      return { id: user.id, email: user.email, name: user.name, isOperator: user.isOperator };
    });
  } catch (error) {
    if (error instanceof LinkOver) return null;
    throw error;
  }
}
