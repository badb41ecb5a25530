import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSession } from '@/server/features/accounts';
import { useClock } from '@/server/platform/clock';
import { sha256Hex } from '@/server/platform/crypto';
import { db, transaction } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createMember, createOrganization, createSignIn } from '@/server/testing/factories';
import { createTestClock } from '@/server/testing/test-clock';
import { getCallbackSecrets } from './callback-secret';
import {
  audit,
  createUser,
  listMemberships,
  memberActor,
  operatorActor,
  verifyPassword,
} from './index';

useTestDatabase();

const clock = createTestClock();
let restore: () => void;
beforeEach(() => {
  restore = useClock(clock);
});
afterEach(() => restore());

describe('signing in', () => {
  it('takes the right password, whatever case the address is written in', async () => {
    const { id, email, password } = await createSignIn();
    expect(await verifyPassword(` ${email.toUpperCase()} `, password)).toMatchObject({ id, email });
  });

  it.each([
    ['another password', 'wrong horse battery'],
    ['an empty one', ''],
    ['two megabytes of it', 'correct horse battery'.repeat(100_000)],
  ])('refuses %s', async (_case, given) => {
    const { email } = await createSignIn({ password: 'correct horse battery' });
    expect(await verifyPassword(email, given)).toBeNull();
  });

  it('refuses unknown addresses, and users without a password, in the same way', async () => {
    expect(await verifyPassword('nobody@example.com', 'correct horse battery')).toBeNull();
    expect(await verifyPassword('no address at all', 'correct horse battery')).toBeNull();
    const { userId } = await createMember(await createOrganization({ funds: 0n }));
    const { email } = await db.user.findUniqueOrThrow({ where: { id: userId } });
    expect(await verifyPassword(email, '')).toBeNull();
  });

  it('spends as much work on an unknown address as on a known one', async () => {
    const { email } = await createSignIn();
    const cost = async (address: string) => {
      const start = performance.now();
      await verifyPassword(address, 'wrong horse battery');
      return performance.now() - start;
    };
    await cost('warm-up@example.com');
    const known: number[] = [];
    const unknown: number[] = [];
    for (let i = 0; i < 6; i++) {
      known.push(await cost(email));
      unknown.push(await cost('somebody-else@example.com'));
    }
    // The minimum of each, because a busy machine only adds time. Without the decoy hash, an
    // unknown address would be rejected in a tenth of the time.
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 3);
  });

  it('is throttled for one account, right passwords too, until time has passed', async () => {
    const { email, password } = await createSignIn();
    const other = await createSignIn();
    let failure: { status: number; headers: Record<string, string> } | null = null;
    for (let attempt = 0; attempt < 40 && !failure; attempt++) {
      failure = await verifyPassword(email, 'wrong horse battery').then(
        () => null,
        (error) => error,
      );
    }
    expect(failure).toMatchObject({ status: 429, code: 'too_many_attempts' });
    expect(Number(failure?.headers['Retry-After'])).toBeGreaterThan(0);
    await expect(verifyPassword(email.toUpperCase(), password)).rejects.toMatchObject({
      status: 429,
    });
    expect(await verifyPassword(other.email, other.password)).toMatchObject({ id: other.id });
    clock.advanceMs(16 * 60_000);
    expect(await verifyPassword(email, password)).not.toBeNull();
  });

  it('stays open to its owner while strangers guess from other networks', async () => {
    const { email, password, id } = await createSignIn();
    const home = '198.51.100.7';
    await openSession({ userId: id, method: 'password', userAgent: '', network: home });
    const guess = (network: string) =>
      verifyPassword(email, 'wrong horse battery', { network }).then(
        () => 'wrong',
        () => 'refused',
      );
    const one = [];
    for (let count = 0; count < 22; count++) one.push(await guess('203.0.113.5'));
    expect(one.slice(0, 20)).not.toContain('refused');
    expect(one.slice(20)).toContain('refused');
    // This rejects neither other networks nor signed-in users.
    expect(await verifyPassword(email, password, { network: '198.51.100.99' })).not.toBeNull();
    expect(await verifyPassword(email, password, { sessionId: 'a-session' })).not.toBeNull();

    // Guesses from many networks are rejected eventually, except from networks the account knows.
    const bucket = sha256Hex(email).slice(0, 32);
    clock.advanceMs(11_000);
    await db.$executeRaw`
      UPDATE rate_limit_buckets SET tokens = 0, updated_at = ${new Date(clock.nowMs())}
       WHERE key = ${`sign-in:account:${bucket}`}`;
    expect(await guess('203.0.113.77')).toBe('refused');
    expect(await verifyPassword(email, password, { network: home })).not.toBeNull();
  });

  it('is throttled for a network that tries many accounts', async () => {
    let refused = 0;
    for (let attempt = 0; attempt < 230; attempt++) {
      await verifyPassword('no address', 'x', { network: '203.0.113.9' }).catch(() => refused++);
      clock.advanceMs(1_000);
    }
    expect(refused).toBeGreaterThan(0);
  });
});

describe('a user', () => {
  it('has one account an address, and the password is kept as argon2id only', async () => {
    const { id, email, password } = await createSignIn();
    const row = await db.user.findUniqueOrThrow({ where: { id } });
    expect(row.passwordHash).toMatch(/^\$argon2id\$/);
    expect(JSON.stringify(row)).not.toContain(password);
    await expect(
      transaction((tx) =>
        createUser(tx, { email: email.toUpperCase(), name: 'Twin', password: 'another long one' }),
      ),
    ).rejects.toMatchObject({ status: 409, code: 'email_taken' });
  });

  it.each([
    ['no address', { email: 'nobody', name: 'N', password: 'long enough to pass' }],
    ['a short password', { email: 'a@example.com', name: 'N', password: 'short' }],
    ['no name', { email: 'b@example.com', name: '  ', password: 'long enough to pass' }],
  ])('is not made of %s', async (_case, input) => {
    const before = await db.user.count();
    await expect(transaction((tx) => createUser(tx, input))).rejects.toThrow();
    expect(await db.user.count()).toBe(before);
  });
});

describe('a member', () => {
  it('acts for the organizations joined, by the role in each, and for no other', async () => {
    const first = await createOrganization({ funds: 0n });
    const { userId } = await createMember(first, 'viewer');
    clock.advanceMs(1_000);
    const second = await createOrganization({ funds: 0n });
    await db.member.create({
      data: {
        organizationId: second.id,
        userId,
        role: 'admin',
        createdAt: new Date(clock.nowMs()),
      },
    });
    const foreign = await createOrganization({ funds: 0n });

    expect(await memberActor({ userId, mode: 'live' })).toEqual({
      kind: 'member',
      organizationId: first.id,
      mode: 'live',
      userId,
      role: 'viewer',
    });
    expect(await memberActor({ userId, organizationId: second.id, mode: 'test' })).toMatchObject({
      organizationId: second.id,
      role: 'admin',
      mode: 'test',
    });
    for (const organizationId of [foreign.id, 'no-uuid', crypto.randomUUID()]) {
      await expect(memberActor({ userId, organizationId, mode: 'test' })).rejects.toMatchObject({
        status: 404,
      });
    }
    expect((await listMemberships(userId)).map(({ role }) => role)).toEqual(['viewer', 'admin']);
  });

  it('is an operator only where the instance says so', async () => {
    const operator = await createSignIn({ isOperator: true });
    const other = await createSignIn();
    expect(await operatorActor(operator.id, 'live')).toMatchObject({ kind: 'operator' });
    await expect(operatorActor(other.id, 'live')).rejects.toMatchObject({ status: 404 });
  });
});

describe('an organization', () => {
  it('has a callback secret of its own, sealed to it', async () => {
    const one = await createOrganization({ funds: 0n });
    const other = await createOrganization({ funds: 0n });
    const { secret } = await getCallbackSecrets(one.id);
    expect(secret).toMatch(/^whsec_[0-9A-Za-z]{32}$/);
    expect(secret).not.toBe((await getCallbackSecrets(other.id)).secret);
    expect(one.callbackSecret).not.toContain(secret);
    // Copied into another row, it cannot be decrypted.
    await db.organization.update({
      where: { id: other.id },
      data: { callbackSecret: one.callbackSecret },
    });
    await expect(getCallbackSecrets(other.id)).rejects.toThrow('cannot be decrypted');
  });

  it('writes down who did what, and nothing of what was rolled back', async () => {
    const { id: organizationId, ownerUserId: userId } = await createOrganization({ funds: 0n });
    const owner = await memberActor({ userId, organizationId, mode: 'live' });
    await transaction((tx) => audit(tx, owner, 'thing.done', 'thing:1', { n: 1 }));
    await transaction(async (tx) => {
      await audit(tx, owner, 'thing.undone', 'thing:1');
      throw new Error('No.');
    }).catch(() => undefined);
    const entries = await db.auditEntry.findMany({
      where: { organizationId },
      orderBy: { id: 'asc' },
    });
    expect(entries.map(({ action, actor }) => [action, actor])).toEqual([
      ['organization.created', `member:${userId}`],
      ['thing.done', `member:${userId}`],
    ]);
  });
});
