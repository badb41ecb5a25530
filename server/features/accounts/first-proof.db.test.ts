import { describe, expect, it } from 'vitest';
import { authenticateKey, createApiKey } from '@/server/features/api-keys';
import { createEndpoint } from '@/server/features/webhooks';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { tellFacts, tokenTo } from '@/server/testing/mailbox';
import { memberActor } from '../organizations/queries';
import { signUp } from '../organizations/sign-up';
import { verifyPassword } from '../organizations/verify-password';
import { becomeWorker } from '../workers/sign-up-worker';
import { getAccount } from './account';
import { resetPassword } from './change-password';
import { changeEmail, confirmAddress, viewConfirmLink } from './confirm-address';
import { connectIdentity, signInByIdentity } from './identities';
import { getOpenLink } from './links';
import { requestReset, requestSignInLink } from './request-link';
import type { SignedIn } from './schema';
import { findSession, openSession } from './sessions';
import { signInByLink } from './sign-in-by-link';

useTestDatabase();

const PASSWORD = 'a few plain words';
const address = () => `${crypto.randomUUID()}@example.com`;

/** A user who signed up with an address and is signed in on two browsers. */
async function signedUp() {
  const email = address();
  const made = await signUp({ email, name: 'Ada', password: PASSWORD, organization: 'Acme' });
  if (!made) throw new Error('The address was new.');
  const open = () =>
    openSession({ userId: made.userId, method: 'password', userAgent: '', network: '' });
  const me: SignedIn = { userId: made.userId, sessionId: await open() };
  await tellFacts();
  return { ...made, email, me, otherSession: await open() };
}

type Proof = (email: string, by: SignedIn | null) => Promise<unknown>;

/** Every way to prove an address by e-mail. */
const PROOFS: Record<string, Proof> = {
  'a sign-in link': async (email, by) => {
    await requestSignInLink({ email }, null);
    await tellFacts();
    return signInByLink(await tokenTo(email, '/sign-in/link'), by);
  },
  'a confirmation link': async (email, by) => confirmAddress(await tokenTo(email, '/confirm'), by),
  'a password reset': async (email, by) => {
    await requestReset({ email }, null);
    await tellFacts();
    const token = await tokenTo(email, '/reset-password');
    return resetPassword({ token, password: 'the owner chose this' }, by);
  },
  'an account elsewhere': (email) =>
    signInByIdentity({
      provider: 'google',
      subject: crypto.randomUUID(),
      email,
      emailVerified: true,
      name: 'The owner',
    }),
};

describe.each(Object.entries(PROOFS))('the first proof of an address by %s', (_name, prove) => {
  it('leaves nothing to a stranger who signed up with it', async () => {
    const stranger = await signedUp();
    const { userId, organizationId, email } = stranger;
    const subject = crypto.randomUUID();
    const github = { provider: 'github', subject, email: null, emailVerified: false } as const;
    await connectIdentity(stranger.me, { ...github, name: null });
    const elsewhere = address();
    await changeEmail(stranger.me, { email: elsewhere, currentPassword: PASSWORD });
    const change = await tokenTo(elsewhere, '/confirm');
    const owner = await memberActor({ userId, organizationId, mode: 'test' });
    const key = await createApiKey(owner, { name: 'Key', mode: 'test' });
    const endpoint = await createEndpoint(owner, { url: 'https://example.com/hook' });
    const { workerId } = await becomeWorker(userId);
    await db.worker.update({
      where: { id: workerId },
      data: { payoutDestination: 'stranger@example.com' },
    });

    await prove(email, null);
    await tellFacts();

    for (const id of [stranger.me.sessionId, stranger.otherSession]) {
      expect(await findSession(id)).toBeNull();
    }
    expect(await verifyPassword(email, PASSWORD)).toBeNull();
    expect(await db.identity.count({ where: { subject } })).toBe(0);
    await expect(confirmAddress(change)).rejects.toMatchObject({ status: 404 });
    expect(await getAccount(stranger.me)).toMatchObject({ email, emailConfirmed: true });
    expect(await db.apiKey.findUniqueOrThrow({ where: { id: key.id } })).toMatchObject({
      revokedAt: expect.any(Date),
    });
    await expect(authenticateKey(key.plaintext)).rejects.toMatchObject({ status: 401 });
    expect(await db.endpoint.findUniqueOrThrow({ where: { id: endpoint.id } })).toMatchObject({
      status: 'disabled',
    });
    expect(await db.worker.findUniqueOrThrow({ where: { id: workerId } })).toMatchObject({
      payoutDestination: null,
    });
  });
});

describe('a proof from the browser that signed up', () => {
  it.each(['a sign-in link', 'a confirmation link'])(
    'by %s keeps that session, its password and its keys, and ends the others',
    async (way) => {
      const { email, me, otherSession, userId, organizationId } = await signedUp();
      const owner = await memberActor({ userId, organizationId, mode: 'test' });
      const key = await createApiKey(owner, { name: 'Key', mode: 'test' });
      await PROOFS[way]?.(email, me);
      await tellFacts();
      expect(await findSession(me.sessionId)).toMatchObject({ emailConfirmed: true });
      expect(await findSession(otherSession)).toBeNull();
      expect(await verifyPassword(email, PASSWORD)).not.toBeNull();
      expect(await authenticateKey(key.plaintext)).toMatchObject({ keyId: key.id });
    },
  );

  it('does not count where the session has ended, or is another account’s', async () => {
    const [one, other] = [await signedUp(), await signedUp()];
    await PROOFS['a confirmation link']?.(one.email, other.me);
    expect(await findSession(one.me.sessionId)).toBeNull();
    expect(await verifyPassword(one.email, PASSWORD)).toBeNull();
    expect(await findSession(other.me.sessionId)).not.toBeNull();

    await db.session.update({
      where: { id: other.me.sessionId },
      data: { revokedAt: new Date() },
    });
    await PROOFS['a confirmation link']?.(other.email, other.me);
    expect(await verifyPassword(other.email, PASSWORD)).toBeNull();
  });
});

describe('a confirmation link opened in another browser', () => {
  it('says before that it clears the account, and leads on to a new password after', async () => {
    const { email, me } = await signedUp();
    const token = await tokenTo(email, '/confirm');
    expect(await viewConfirmLink(token, me)).toEqual({ email, clears: false });
    expect(await viewConfirmLink(token, null)).toEqual({ email, clears: true });
    const { resetToken } = await confirmAddress(token, null);
    expect(await getOpenLink('reset_password', resetToken ?? '')).toMatchObject({ email });
    await resetPassword({ token: resetToken ?? '', password: 'the owner chose this' });
    expect(await verifyPassword(email, 'the owner chose this')).not.toBeNull();
  });
});

it('a later proof ends no session and keeps the password', async () => {
  const { email, me, otherSession } = await signedUp();
  await PROOFS['a confirmation link']?.(email, me);
  const session = await openSession({
    userId: me.userId,
    method: 'password',
    userAgent: '',
    network: '',
  });
  await PROOFS['a sign-in link']?.(email, null);
  expect(await findSession(session)).not.toBeNull();
  expect(await findSession(otherSession)).toBeNull();
  expect(await verifyPassword(email, PASSWORD)).not.toBeNull();
});
