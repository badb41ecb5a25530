import { describe, expect, it } from 'vitest';
import { verifiedEmail } from '@/server/doors/auth/other-services';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createSignIn } from '@/server/testing/factories';
import { verifyPassword } from '../organizations/verify-password';
import { getAccount } from './account';
import {
  connectIdentity,
  disconnectIdentity,
  type Foreigner,
  signInByIdentity,
} from './identities';
import { findSession, openSession } from './sessions';

useTestDatabase();

function foreigner(own: Partial<Foreigner> = {}): Foreigner {
  return {
    provider: 'github',
    subject: crypto.randomUUID(),
    email: `${crypto.randomUUID()}@example.com`,
    emailVerified: true,
    name: 'Ada',
    ...own,
  };
}

async function confirmedUser() {
  const user = await createSignIn();
  await db.user.update({ where: { id: user.id }, data: { emailConfirmedAt: new Date() } });
  return user;
}

const me = (userId: string) => ({ userId, sessionId: '' });

describe('an account elsewhere', () => {
  it('makes an account here for somebody new, and finds it again by who it is, not by address', async () => {
    const ada = foreigner();
    const { userId } = await signInByIdentity(ada);
    expect(await getAccount(me(userId))).toMatchObject({
      email: ada.email,
      emailConfirmed: true,
      hasPassword: false,
    });
    const moved = { ...ada, email: 'elsewhere@example.com', emailVerified: false };
    expect(await signInByIdentity(moved)).toEqual({ userId });
  });

  it('is connected to the account that has its address, where both sides know whose it is', async () => {
    const user = await confirmedUser();
    const theirs = foreigner({ email: user.email.toUpperCase() });
    expect(await signInByIdentity(theirs)).toEqual({ userId: user.id });
    expect((await getAccount(me(user.id))).identities).toMatchObject([{ provider: 'github' }]);
  });

  it('clears an account whose address was never confirmed before it enters it', async () => {
    const { id, email, password } = await createSignIn();
    const session = { userId: id, method: 'password', userAgent: '', network: '' } as const;
    const stranger = { userId: id, sessionId: await openSession(session) };
    await connectIdentity(stranger, foreigner({ provider: 'google', emailVerified: false }));
    expect(await signInByIdentity(foreigner({ email }))).toEqual({ userId: id });
    const account = await getAccount(me(id));
    expect(account).toMatchObject({ emailConfirmed: true, hasPassword: false });
    expect(account.identities).toMatchObject([{ provider: 'github' }]);
    expect(await findSession(stranger.sessionId)).toBeNull();
    expect(await verifyPassword(email, password)).toBeNull();
  });

  it('confirms the same address of who connects it, and keeps their session and password', async () => {
    const { id, email } = await createSignIn();
    const session = { userId: id, method: 'password', userAgent: '', network: '' } as const;
    const own = { userId: id, sessionId: await openSession(session) };
    const other = await openSession(session);
    await connectIdentity(own, foreigner({ email }));
    expect(await getAccount(own)).toMatchObject({ emailConfirmed: true, hasPassword: true });
    expect(await findSession(own.sessionId)).not.toBeNull();
    expect(await findSession(other)).toBeNull();
  });

  it.each([{ emailVerified: false }, { email: null }, { email: 'no address' }])(
    'lets nobody in by what is not verified there: %j',
    async (own) => {
      const before = await db.user.count();
      await expect(signInByIdentity(foreigner(own))).rejects.toMatchObject({
        code: 'address_not_verified',
      });
      expect(await db.user.count()).toBe(before);
    },
  );

  it('makes one account of two sign-ins at the same time', async () => {
    const ada = foreigner();
    const results = await Promise.allSettled([signInByIdentity(ada), signInByIdentity(ada)]);
    expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await db.identity.count({ where: { subject: ada.subject } })).toBe(1);
  });

  it('is connected by who is signed in, to one person', async () => {
    const [one, other] = [await confirmedUser(), await confirmedUser()];
    const theirs = foreigner({ emailVerified: false });
    await connectIdentity(me(one.id), theirs);
    await connectIdentity(me(one.id), theirs);
    await expect(connectIdentity(me(other.id), theirs)).rejects.toMatchObject({
      code: 'identity_taken',
    });
    expect(await signInByIdentity(theirs)).toEqual({ userId: one.id });
  });

  it('is disconnected, unless nothing would be left to sign in by', async () => {
    const user = await confirmedUser();
    await connectIdentity(me(user.id), foreigner());
    await disconnectIdentity(me(user.id), 'github');
    expect((await getAccount(me(user.id))).identities).toEqual([]);
    await expect(disconnectIdentity(me(user.id), 'github')).rejects.toMatchObject({ status: 404 });
    const { userId } = await signInByIdentity(foreigner());
    await expect(disconnectIdentity(me(userId), 'github')).rejects.toMatchObject({
      code: 'last_sign_in_method',
    });
  });
});

describe('of the addresses GitHub knows', () => {
  it.each([
    [[], undefined],
    [[{ email: 'a@x.example', primary: true, verified: false }], undefined],
    [
      [
        { email: 'a@x.example', primary: true, verified: false },
        { email: 'b@x.example', primary: false, verified: true },
      ],
      'b@x.example',
    ],
    [
      [
        { email: 'b@x.example', primary: false, verified: true },
        { email: 'a@x.example', primary: true, verified: true },
      ],
      'a@x.example',
    ],
  ])('a verified one counts: %j', (emails, email) => {
    expect(verifiedEmail(emails)).toEqual({ email, email_verified: email !== undefined });
  });
});
