import { auditAccount } from '@/server/features/organizations';
import { db, transaction } from '@/server/platform/db';
import { findNewEmail } from './confirm-address';
import { type AccountView, ChangeName, type Provider, type SignedIn } from './schema';
import { forgetSessions } from './sessions';

/** The signed-in user and their sign-in methods. */
export async function getAccount(me: SignedIn): Promise<AccountView> {
  const user = await db.user.findUniqueOrThrow({
    where: { id: me.userId },
    include: { identities: { orderBy: { createdAt: 'asc' } } },
  });
  return {
    userId: user.id,
    name: user.name,
    email: user.email,
    emailConfirmed: user.emailConfirmedAt !== null,
    newEmail: await findNewEmail(user.id, user.email),
    hasPassword: user.passwordHash !== null,
    identities: user.identities.map(({ provider, email, createdAt }) => ({
      provider: provider as Provider,
      email,
      connectedAt: createdAt,
    })),
  };
}

/** Changes the user's display name. */
export async function changeName(me: SignedIn, input: ChangeName): Promise<ChangeName> {
  const { name } = ChangeName.parse(input);
  await transaction(async (tx) => {
    const former = await tx.user.findUniqueOrThrow({ where: { id: me.userId } });
    if (former.name === name) return;
    await tx.user.update({ where: { id: me.userId }, data: { name } });
    await auditAccount(tx, me.userId, 'account.name_changed', { from: former.name, to: name });
  });
  forgetSessions([me.sessionId]);
  return { name };
}
