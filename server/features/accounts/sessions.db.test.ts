import { describe, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createMember, createOrganization, createSignIn } from '@/server/testing/factories';
import { useTestClock } from '@/server/testing/use-test-clock';
import { listAudit } from '../organizations/list-team';
import { deleteOldTraces } from './delete-old-traces';
import {
  closeSession,
  findSession,
  listSessions,
  openSession,
  revokeSession,
  revokeSessions,
} from './sessions';

useTestDatabase();

const DAY_MS = 24 * 3_600_000;
const time = useTestClock();

const CHROME =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/141.0 Safari/537.36';
const open = (userId: string) =>
  openSession({ userId, method: 'password', userAgent: CHROME, network: '203.0.113.9' });

async function me() {
  const { id: userId } = await createSignIn();
  return { userId, sessionId: await open(userId) };
}

describe('a session', () => {
  it('counts until it is ended, and ends in this process at once', async () => {
    const mine = await me();
    const other = await open(mine.userId);
    expect(await findSession(other)).toMatchObject({ userId: mine.userId });
    await revokeSession(mine, other);
    expect(await findSession(other)).toBeNull();
    expect(await findSession(mine.sessionId)).not.toBeNull();
  });

  it('that another process has ended is refused within two seconds', async () => {
    const mine = await me();
    await findSession(mine.sessionId);
    // Bypasses this process's cache, as another process would.
    await db.session.update({ where: { id: mine.sessionId }, data: { revokedAt: new Date() } });
    time.advanceMs(2_001);
    expect(await findSession(mine.sessionId)).toBeNull();
  });

  it('is over after thirty days', async () => {
    const mine = await me();
    time.advanceMs(30 * DAY_MS - 1_000);
    expect(await findSession(mine.sessionId)).not.toBeNull();
    time.advanceMs(1_000);
    expect(await findSession(mine.sessionId)).toBeNull();
  });

  it.each(['', 'no-uuid', crypto.randomUUID()])('that never was opens nothing (%s)', async (id) => {
    expect(await findSession(id)).toBeNull();
  });

  it('of somebody else can neither be seen nor ended', async () => {
    const [mine, theirs] = [await me(), await me()];
    await expect(revokeSession(mine, theirs.sessionId)).rejects.toMatchObject({ status: 404 });
    await revokeSessions(mine, { thisOneToo: true });
    expect(await findSession(theirs.sessionId)).not.toBeNull();
    const ids = (await listSessions(mine)).map(({ id }) => id);
    expect(ids).not.toContain(theirs.sessionId);
  });

  it('is listed with its browser and network, this one first, ended ones as history', async () => {
    const mine = await me();
    const other = await open(mine.userId);
    await closeSession(mine.userId, other);
    const listed = await listSessions(mine);
    expect(listed).toMatchObject([
      { id: mine.sessionId, isThisOne: true, endedAt: null, browser: 'Chrome on macOS' },
      { id: other, isThisOne: false, network: '203.0.113.9' },
    ]);
    expect(listed[1]?.endedAt).not.toBeNull();
  });

  it('notes that it is used, at most once a minute', async () => {
    const mine = await me();
    const seen = async () =>
      (await db.session.findUniqueOrThrow({ where: { id: mine.sessionId } })).lastSeenAt.getTime();
    const begun = await seen();
    await findSession(mine.sessionId);
    time.advanceMs(61_000);
    await findSession(mine.sessionId);
    await expect.poll(seen).toBe(begun + 61_000);
  });
});

describe('signing out', () => {
  it('everywhere else leaves this session; everywhere ends it as well', async () => {
    const mine = await me();
    const others = [await open(mine.userId), await open(mine.userId)];
    expect(await revokeSessions(mine, { thisOneToo: false })).toEqual({ ended: 2 });
    for (const other of others) expect(await findSession(other)).toBeNull();
    expect(await findSession(mine.sessionId)).not.toBeNull();
    expect(await revokeSessions(mine, { thisOneToo: true })).toEqual({ ended: 1 });
    expect(await findSession(mine.sessionId)).toBeNull();
  });
});

describe('the audit log', () => {
  it('of each organization tells when its members signed in and out', async () => {
    const organization = await createOrganization({ funds: 0n });
    const { userId } = await createMember(organization, 'admin');
    const mine = { userId, sessionId: await open(userId) };
    await revokeSessions(mine, { thisOneToo: true });
    const admin = {
      kind: 'member',
      organizationId: organization.id,
      mode: 'test',
      userId,
      role: 'admin',
    } as const;
    const { data } = await listAudit(admin, { limit: 10, action: 'session' });
    expect(data).toMatchObject([
      { action: 'session.revoked', actor: 'A admin' },
      {
        action: 'session.opened',
        data: { method: 'password', browser: 'Chrome on macOS', network: '203.0.113.9' },
      },
    ]);
  });
});

it('what ended long ago is forgotten', async () => {
  const mine = await me();
  await revokeSessions(mine, { thisOneToo: true });
  time.advanceMs(91 * DAY_MS);
  await deleteOldTraces();
  expect(await db.session.findUnique({ where: { id: mine.sessionId } })).toBeNull();
});
