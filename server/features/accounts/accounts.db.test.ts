import { describe, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createSignIn } from '@/server/testing/factories';
import { subjectsTo, tellFacts, tokenTo } from '@/server/testing/mailbox';
import { useTestClock } from '@/server/testing/use-test-clock';
import { signUp } from '../organizations/sign-up';
import { verifyPassword } from '../organizations/verify-password';
import { getAccount } from './account';
import { changePassword, resetPassword } from './change-password';
import { changeEmail, confirmAddress, resendConfirmation } from './confirm-address';
import { getOpenLink } from './links';
import { requestReset, requestSignInLink } from './request-link';
import { findSession, openSession } from './sessions';
import { signInByLink } from './sign-in-by-link';

useTestDatabase();

const HOUR_MS = 3_600_000;
const time = useTestClock();

const address = () => `${crypto.randomUUID()}@example.com`;

const openFor = (userId: string) =>
  openSession({ userId, method: 'password', userAgent: '', network: '' });

/** A user with an account and a session. */
async function someone() {
  const user = await createSignIn();
  const open = () => openFor(user.id);
  const me = { userId: user.id, sessionId: await open() };
  return { user, me, open };
}

async function askForReset(email: string): Promise<string> {
  await requestReset({ email }, null);
  await tellFacts();
  return tokenTo(email, '/reset-password');
}

describe('an address', () => {
  it('is asked for after sign-up, works meanwhile, and is confirmed by the link, twice over', async () => {
    const email = address();
    const made = await signUp({
      email,
      name: 'Ada',
      password: 'a few plain words',
      organization: 'Acme',
    });
    await tellFacts();
    const userId = made?.userId ?? '';
    const me = { userId, sessionId: await openFor(userId) };
    expect(await getAccount(me)).toMatchObject({ email, emailConfirmed: false });
    expect(await verifyPassword(email, 'a few plain words')).toMatchObject({ email });
    const token = await tokenTo(email, '/confirm');
    expect(await confirmAddress(token, me)).toEqual({ email, resetToken: null });
    expect(await confirmAddress(token)).toEqual({ email, resetToken: null });
    expect((await getAccount(me)).emailConfirmed).toBe(true);
    expect(await resendConfirmation(me)).toEqual({ email: null });
  });

  it('is asked for once, however often the sign-up is told', async () => {
    const { user } = await someone();
    const fact = await db.outboxRow.findFirstOrThrow({ where: { key: `user.created:${user.id}` } });
    await tellFacts();
    await db.outboxRow.create({ data: { ...fact, live: undefined, data: fact.data ?? {} } });
    await tellFacts();
    expect(await subjectsTo(user.email)).toHaveLength(1);
  });

  it('can be asked for again, a few times', async () => {
    const { me, user } = await someone();
    for (let i = 0; i < 4; i++) {
      expect(await resendConfirmation(me)).toEqual({ email: user.email });
    }
    await expect(resendConfirmation(me)).rejects.toMatchObject({ status: 429 });
  });

  it('is changed by who knows the password, once the new one is confirmed', async () => {
    const { me, user, open } = await someone();
    const email = address();
    await expect(
      changeEmail(me, { email, currentPassword: 'not the password' }),
    ).rejects.toMatchObject({ status: 400, param: 'currentPassword' });
    await expect(changeEmail(me, { email })).rejects.toMatchObject({ status: 400 });
    await changeEmail(me, { email, currentPassword: user.password });
    expect(await getAccount(me)).toMatchObject({ email: user.email, newEmail: email });
    const reset = await askForReset(user.email);
    await confirmAddress(await tokenTo(email, '/confirm'), me);
    expect(await getAccount(me)).toMatchObject({ email, emailConfirmed: true, newEmail: null });
    expect(await subjectsTo(user.email)).toContain('Your address for HumanRail was changed');
    // Links sent to the previous address no longer work.
    await expect(getOpenLink('reset_password', reset)).rejects.toMatchObject({ status: 404 });
    expect(await findSession(await open())).toMatchObject({ email });
  });

  it('of somebody else cannot be taken, and asking for it tells its owner alone', async () => {
    const [one, other] = [await someone(), await someone()];
    const ask = async (email: string) => {
      const answer = await changeEmail(one.me, { email, currentPassword: one.user.password });
      return { answer, newEmail: (await getAccount(one.me)).newEmail };
    };
    for (const email of [other.user.email, address()]) {
      expect(await ask(email)).toEqual({ answer: { email }, newEmail: email });
    }
    expect(await subjectsTo(other.user.email)).toContain(
      'You already have an account on HumanRail',
    );
    await expect(tokenTo(other.user.email, '/confirm')).rejects.toThrow('No link');
  });

  it('of two who ask for the same one goes to who confirms it first', async () => {
    const [one, other] = [await someone(), await someone()];
    const wanted = address();
    await changeEmail(one.me, { email: wanted, currentPassword: one.user.password });
    const first = await tokenTo(wanted, '/confirm');
    await changeEmail(other.me, { email: wanted, currentPassword: other.user.password });
    const second = await tokenTo(wanted, '/confirm');
    await confirmAddress(second, other.me);
    await expect(confirmAddress(first)).rejects.toMatchObject({ status: 409 });
    expect((await getAccount(one.me)).email).toBe(one.user.email);
  });
});

describe('a forgotten password', () => {
  it('is replaced once by the link, which ends every session and tells the owner', async () => {
    const { me, user } = await someone();
    const token = await askForReset(user.email);
    const signInLink = async () => {
      await requestSignInLink({ email: user.email }, null);
      await tellFacts();
      return tokenTo(user.email, '/sign-in/link');
    };
    const link = await signInLink();
    expect(await findSession(me.sessionId)).not.toBeNull();
    const reset = { token, password: 'another few words' };
    expect(await resetPassword(reset)).toEqual({ email: user.email });
    await expect(resetPassword(reset)).rejects.toMatchObject({ status: 404 });
    expect(await verifyPassword(user.email, user.password)).toBeNull();
    expect(await verifyPassword(user.email, 'another few words')).not.toBeNull();
    expect(await findSession(me.sessionId)).toBeNull();
    expect(await signInByLink(link)).toBeNull();
    expect(await subjectsTo(user.email)).toContain('Your password for HumanRail was changed');
    expect((await getAccount(me)).emailConfirmed).toBe(true);
  });

  it('can be replaced by one of two who use the link at the same time', async () => {
    const { user } = await someone();
    const token = await askForReset(user.email);
    const results = await Promise.allSettled(
      ['first few words', 'second few words'].map((password) => resetPassword({ token, password })),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('cannot be replaced after an hour, nor with a short one, nor by another kind of link', async () => {
    const { user } = await someone();
    await tellFacts();
    const token = await askForReset(user.email);
    await expect(resetPassword({ token, password: 'short' })).rejects.toThrow(/12 characters/);
    const confirm = await tokenTo(user.email, '/confirm');
    const password = 'another few words';
    await expect(resetPassword({ token: confirm, password })).rejects.toMatchObject({
      status: 404,
    });
    time.advanceMs(HOUR_MS + 1);
    await expect(resetPassword({ token, password })).rejects.toMatchObject({ status: 404 });
  });

  it('is answered alike whether there is such an account, and writes to nobody else', async () => {
    const { user } = await someone();
    const unknown = address();
    expect(await requestReset({ email: user.email }, null)).toEqual(
      await requestReset({ email: unknown }, null),
    );
    const facts = await db.outboxRow.findMany({ where: { topic: 'account.link_requested' } });
    expect(facts).toHaveLength(2);
    await tellFacts();
    expect(await subjectsTo(unknown)).toEqual([]);
    expect(await subjectsTo(user.email)).toContain('Choose a new password for HumanRail');
  });

  it('is asked for a few times an address, known or not, and a network', async () => {
    for (const email of [(await someone()).user.email, address()]) {
      for (let i = 0; i < 4; i++) await requestReset({ email }, null);
      await expect(requestReset({ email }, null)).rejects.toMatchObject({
        status: 429,
        code: 'too_many_emails',
      });
    }
    let refused = 0;
    for (let i = 0; i < 45; i++) {
      await requestReset({ email: address() }, 'one-network').catch(() => refused++);
    }
    expect(refused).toBeGreaterThan(0);
  });

  it('leaves no token and no password in the database', async () => {
    const { user } = await someone();
    const token = await askForReset(user.email);
    await resetPassword({ token, password: 'a rather secret one' });
    const rows = JSON.stringify([
      await db.accountLink.findMany(),
      await db.email.findMany(),
      await db.auditEntry.findMany(),
      await db.user.findMany(),
    ]);
    expect(rows).not.toContain(token);
    expect(rows).not.toContain('a rather secret one');
  });
});

describe('a password', () => {
  it('is changed by who knows it; other sessions end, this one stays', async () => {
    const { me, user, open } = await someone();
    const other = await open();
    await expect(
      changePassword(me, { currentPassword: 'not the password', password: 'another few words' }),
    ).rejects.toMatchObject({ param: 'currentPassword' });
    await changePassword(me, { currentPassword: user.password, password: 'another few words' });
    expect(await findSession(me.sessionId)).not.toBeNull();
    expect(await findSession(other)).toBeNull();
    expect(await verifyPassword(user.email, 'another few words')).not.toBeNull();
    expect(await subjectsTo(user.email)).toContain('Your password for HumanRail was changed');
  });
});

describe('a link to sign in', () => {
  it('lets its reader in once, within a quarter of an hour, and confirms the address', async () => {
    const { me, user } = await someone();
    const ask = async () => {
      await requestSignInLink({ email: user.email, next: '/dashboard/tasks' }, null);
      await tellFacts();
      return tokenTo(user.email, '/sign-in/link');
    };
    const token = await ask();
    const [first, second] = await Promise.all([signInByLink(token), signInByLink(token)]);
    expect([first, second].filter(Boolean)).toMatchObject([{ id: user.id }]);
    expect((await getAccount(me)).emailConfirmed).toBe(true);
    const late = await ask();
    time.advanceMs(HOUR_MS / 4 + 1);
    expect(await signInByLink(late)).toBeNull();
    expect(await signInByLink('made up')).toBeNull();
  });
});
