import { auditAccount, createUser } from '@/server/features/organizations';
import { DisplayName, Email } from '@/server/features/organizations/schema';
import { clock } from '@/server/platform/clock';
import { type Tx, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { IdentityRefused, LastSignInMethod } from './errors';
import { PROVIDER_NAMES, type Provider, type SignedIn } from './schema';

/** What another service says of whoever comes from there. */
export interface Foreigner {
  provider: Provider;
  /** Who it is there, for good. */
  subject: string;
  email: string | null;
  /** The service has had the address shown to be theirs. */
  emailVerified: boolean;
  name: string | null;
}

/**
 * Who signs in with an account elsewhere: whoever it is connected to, else whoever has its address,
 * else somebody new. An account here is only found by an address that both sides know to be its
 * owner's; otherwise whoever signed up with a stranger's address would wait for them inside.
 * @throws IdentityRefused 409
 */
export async function signInByIdentity(foreigner: Foreigner): Promise<{ userId: string }> {
  return transaction(async (tx) => {
    const known = await findIdentity(tx, foreigner);
    if (known) return { userId: known.userId };
    const email = verifiedAddress(foreigner);
    const user = await tx.user.findUnique({ where: { email } });
    if (user && !user.emailConfirmedAt) {
      throw new IdentityRefused(
        'address_not_confirmed',
        'There is an account with this address, and the address is not confirmed yet. Sign in by e-mail link or reset the password first.',
      );
    }
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
    return { userId: id };
  });
}

/**
 * Connects an account elsewhere to who is signed in here.
 * @throws IdentityRefused 409 where it is connected to somebody else.
 */
export async function connectIdentity(userId: string, foreigner: Foreigner): Promise<void> {
  await transaction(async (tx) => {
    const known = await findIdentity(tx, foreigner);
    if (known?.userId === userId) return;
    if (known) {
      throw new IdentityRefused(
        'identity_taken',
        `This ${PROVIDER_NAMES[foreigner.provider]} account is connected to somebody else here.`,
      );
    }
    await connect(tx, userId, foreigner, foreigner.email ?? '');
  });
}

/**
 * Takes away a way to sign in.
 * @throws NotFound; LastSignInMethod 409 where no other would be left.
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
