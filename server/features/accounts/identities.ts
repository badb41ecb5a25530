import { auditAccount, createUser } from '@/server/features/organizations';
import { DisplayName, Email } from '@/server/features/organizations/schema';
import { clock } from '@/server/platform/clock';
import { type Tx, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { kickOutbox } from '@/server/platform/outbox';
import { IdentityRefused, LastSignInMethod } from './errors';
import { PROVIDER_NAMES } from './policy';
import { proveAddress } from './prove-address';
import type { Provider, SignedIn } from './schema';
import { forgetSessions } from './sessions';

/** What the identity provider says about the person. */
export interface Foreigner {
  provider: Provider;
  /** Their stable ID at the provider. */
  subject: string;
  email: string | null;
  /** Whether the provider has verified the address. */
  emailVerified: boolean;
  name: string | null;
}

/**
 * Resolves the user of an external sign-in: the user it is connected to, else the user with its
 * address, else a new user. An address verified by the provider is proved by it, which first clears
 * an account that a stranger set up with that address; see `proveAddress`.
 * @throws IdentityRefused 409
 */
export async function signInByIdentity(foreigner: Foreigner): Promise<{ userId: string }> {
  const { userId, ended } = await transaction(async (tx) => {
    const known = await findIdentity(tx, foreigner);
    if (known) return { userId: known.userId, ended: [] };
    const email = verifiedAddress(foreigner);
    const user = await tx.user.findUnique({ where: { email } });
    const { ended } = user
      ? await proveAddress(tx, { userId: user.id, email, by: null })
      : { ended: [] };
    const name = DisplayName.safeParse(foreigner.name);
    const { id } =
      user ??
      (await createUser(tx, {
        email,
        name: name.success ? name.data : (email.split('@')[0] ?? email),
        password: null,
        emailConfirmed: true,
      }));
    await connect(tx, id, foreigner, email);
    return { userId: id, ended };
  });
  forgetSessions(ended);
  kickOutbox();
  return { userId };
}

/**
 * Connects an external account to the signed-in user. If the provider has verified the user's own
 * address, this proves it.
 * @throws IdentityRefused 409 if it is connected to another user.
 */
export async function connectIdentity(me: SignedIn, foreigner: Foreigner): Promise<void> {
  const { userId } = me;
  const ended = await transaction(async (tx) => {
    const known = await findIdentity(tx, foreigner);
    if (known?.userId === userId) return [];
    if (known) {
      throw new IdentityRefused(
        'identity_taken',
        `This ${PROVIDER_NAMES[foreigner.provider]} account is already connected to another user.`,
      );
    }
    await connect(tx, userId, foreigner, foreigner.email ?? '');
    const email = Email.safeParse(foreigner.email ?? '');
    if (!foreigner.emailVerified || !email.success) return [];
    return (await proveAddress(tx, { userId, email: email.data, by: me })).ended;
  });
  forgetSessions(ended);
  kickOutbox();
}

/**
 * Removes a sign-in method.
 * @throws NotFound; LastSignInMethod 409 if it is the only one.
 */
export async function disconnectIdentity(me: SignedIn, provider: Provider): Promise<void> {
  await transaction(async (tx) => {
    const [user] = await tx.$queryRaw<{ has_password: boolean }[]>`
      SELECT password_hash IS NOT NULL AS has_password FROM users
      WHERE id = ${me.userId}::uuid FOR UPDATE`;
    const identities = await tx.identity.findMany({ where: { userId: me.userId } });
    if (!identities.some((identity) => identity.provider === provider)) {
      throw new NotFound('connected account', provider);
    }
    const rest = identities.filter((identity) => identity.provider !== provider);
    if (!user?.has_password && rest.length === 0) throw new LastSignInMethod();
    await tx.identity.deleteMany({ where: { userId: me.userId, provider } });
    await auditAccount(tx, me.userId, 'account.identity_disconnected', { provider });
  });
}

function findIdentity(tx: Tx, { provider, subject }: Foreigner) {
  return tx.identity.findUnique({ where: { provider_subject: { provider, subject } } });
}

function verifiedAddress({ provider, email, emailVerified }: Foreigner): string {
  const address = Email.safeParse(email ?? '');
  if (emailVerified && address.success) return address.data;
  throw new IdentityRefused(
    'address_not_verified',
    `Your ${PROVIDER_NAMES[provider]} account has no verified e-mail address. Verify it there, or sign in another way.`,
  );
}

async function connect(
  tx: Tx,
  userId: string,
  { provider, subject }: Foreigner,
  email: string,
): Promise<void> {
  await tx.identity.create({
    data: { provider, subject, userId, email, createdAt: clock.now() },
  });
  await auditAccount(tx, userId, 'account.identity_connected', { provider, email });
}
