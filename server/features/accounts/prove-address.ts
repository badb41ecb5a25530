import { auditAccount } from '@/server/features/organizations';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { enqueue } from '@/server/platform/outbox';
import type { SignedIn } from './schema';
import { endSessions } from './sessions';

export interface AddressProof {
  userId: string;
  /** The address that was proved; ignored unless it is still the account's. */
  email: string;
  /** The session the proof came from, if any. */
  by: SignedIn | null;
}

export interface Proved {
  /** IDs of the sessions that ended, for `forgetSessions` after the commit. */
  ended: string[];
  /** Whether the password and everything else set before the proof was removed. */
  cleared: boolean;
}

/**
 * Records the first proof that an account's address belongs to its user; later proofs change
 * nothing.
 *
 * Anyone can sign up with someone else's address and wait for its owner. So the first proof ends
 * every session except the one it came from. A session of an account with an unproved address was
 * opened by whoever set the password; a proof from anywhere else means that the account may have
 * been set up by a stranger. In that case its password and connected accounts are removed, a
 * pending change of address is cancelled, and `account.cleared` lets other features remove whatever
 * the stranger could still use. Call `kickOutbox()` after the commit.
 */
export async function proveAddress(tx: Tx, proof: AddressProof): Promise<Proved> {
  const { userId, email, by } = proof;
  const now = clock.now();
  const { count } = await tx.user.updateMany({
    where: { id: userId, email, emailConfirmedAt: null },
    data: { emailConfirmedAt: now },
  });
  if (count === 0) return { ended: [], cleared: false };
  const own =
    by?.userId === userId
      ? await tx.session.findFirst({
          where: { id: by.sessionId, userId, revokedAt: null, expiresAt: { gt: now } },
        })
      : null;
  const ended = await endSessions(tx, userId, own ? { id: { not: own.id } } : {});
  await enqueue(tx, [
    { topic: 'account.address_proved', key: `account.address_proved:${userId}`, data: { userId } },
  ]);
  if (own) return { ended, cleared: false };
  await tx.user.update({ where: { id: userId }, data: { passwordHash: null } });
  await tx.identity.deleteMany({ where: { userId } });
  await tx.accountLink.updateMany({
    where: { userId, usedAt: null, email: { not: email } },
    data: { usedAt: now },
  });
  await enqueue(tx, [
    { topic: 'account.cleared', key: `account.cleared:${userId}`, data: { userId } },
  ]);
  await auditAccount(tx, userId, 'account.cleared', { sessions_ended: ended.length });
  return { ended, cleared: true };
}
