import type { Prisma } from '@/prisma/generated/client';
import { auditAccount } from '@/server/features/organizations';
import { clock } from '@/server/platform/clock';
import { db, type Tx, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { isUuid, newId } from '@/server/platform/ids';
import { log } from '@/server/platform/log';
import { remembered } from '@/server/platform/remembered';
import { browserName } from './browser-name';
import type { SessionView, SignedIn, SignInMethod } from './schema';

export const SESSION_SECONDS = 30 * 24 * 60 * 60;
/** Cache TTL: how long a session revoked by another process can go unnoticed in this one. */
const FRESH_MS = 2_000;
const SEEN_EVERY_MS = 60_000;
const KEPT_MAX = 10_000;
const HISTORY = 30;

/** A valid session with its current user. */
export interface LiveSession {
  id: string;
  userId: string;
  name: string;
  email: string;
  emailConfirmed: boolean;
}

interface Known {
  session: LiveSession;
  expiresAtMs: number;
  seenAtMs: number;
}

export interface NewSession {
  userId: string;
  method: SignInMethod;
  userAgent: string;
  network: string;
}

/** Opens a session and records it in the audit log of the user's organizations. */
export async function openSession(input: NewSession): Promise<string> {
  const id = newId();
  const now = clock.now();
  const { userId, method } = input;
  const userAgent = input.userAgent.slice(0, 400);
  const network = input.network.slice(0, 64);
  await transaction(async (tx) => {
    await tx.session.create({
      data: {
        id,
        userId,
        method,
        userAgent,
        network,
        createdAt: now,
        lastSeenAt: now,
        expiresAt: new Date(now.getTime() + SESSION_SECONDS * 1_000),
      },
    });
    const { isOperator } = await tx.user.findUniqueOrThrow({
      where: { id: userId },
      select: { isOperator: true },
    });
    await auditAccount(tx, userId, 'session.opened', {
      method,
      browser: browserName(userAgent),
      network,
      ...(isOperator ? { operator: true } : {}),
    });
  });
  return id;
}

/**
 * Returns the session a cookie names if it is valid. Cached for two seconds: a revocation by
 * another process takes effect within that time, one by this process at once. Users with an
 * unconfirmed address are read each time, so that the confirmation banner disappears as soon as
 * they confirm.
 */
export async function findSession(id: string): Promise<LiveSession | null> {
  if (!isUuid(id)) return null;
  const known = await readSession(id);
  if (!known || known.expiresAtMs <= clock.nowMs()) return null;
  noteSeen(id, known);
  return known.session;
}

const readSession = remembered({
  name: 'accounts.sessions',
  read: async (id: string): Promise<Known | null> => {
    const row = await db.session.findFirst({
      where: { id, revokedAt: null },
      include: { user: true },
    });
    return (
      row && {
        session: {
          id: row.id,
          userId: row.userId,
          name: row.user.name,
          email: row.user.email,
          emailConfirmed: row.user.emailConfirmedAt !== null,
        },
        expiresAtMs: row.expiresAt.getTime(),
        seenAtMs: row.lastSeenAt.getTime(),
      }
    );
  },
  freshMs: (known) => (known?.session.emailConfirmed ? FRESH_MS : 0),
  most: KEPT_MAX,
});

/** In the background, at most once a minute: it is only displayed in the session list. */
function noteSeen(id: string, session: Known): void {
  const nowMs = clock.nowMs();
  if (nowMs - session.seenAtMs < SEEN_EVERY_MS) return;
  session.seenAtMs = nowMs;
  const seenAt = new Date(nowMs);
  db.session
    .updateMany({ where: { id, revokedAt: null }, data: { lastSeenAt: seenAt } })
    .catch((error: unknown) => log.warn({ err: error }, 'Failed to record a session’s last use'));
}

/**
 * Call after sessions were revoked and committed, or after what they show of their user changed.
 */
export function forgetSessions(ids: readonly string[]): void {
  for (const id of ids) readSession.forget(id);
}

/** Call after a user's displayed data changed in a request outside the user's own sessions. */
export async function forgetSessionsOf(userId: string): Promise<void> {
  const open = await db.session.findMany({
    where: { userId, revokedAt: null },
    select: { id: true },
  });
  forgetSessions(open.map(({ id }) => id));
}

/** Ends the user's sessions matched by `which`; returns their IDs for `forgetSessions`. */
export async function endSessions(
  tx: Tx,
  userId: string,
  which: Prisma.SessionWhereInput = {},
): Promise<string[]> {
  const ended = await tx.session.updateManyAndReturn({
    where: { ...which, userId, revokedAt: null },
    data: { revokedAt: clock.now() },
    select: { id: true },
  });
  return ended.map(({ id }) => id);
}

/** The user's active and recently ended sessions, newest first, with the current one on top. */
export async function listSessions(me: SignedIn): Promise<SessionView[]> {
  const rows = await db.session.findMany({
    where: { userId: me.userId },
    orderBy: { id: 'desc' },
    take: HISTORY,
  });
  const now = clock.now();
  return rows
    .map((row) => ({
      id: row.id,
      method: row.method as SignInMethod,
      browser: browserName(row.userAgent),
      network: row.network,
      createdAt: row.createdAt,
      lastSeenAt: row.lastSeenAt,
      endedAt: row.revokedAt ?? (row.expiresAt <= now ? row.expiresAt : null),
      isThisOne: row.id === me.sessionId,
    }))
    .sort((a, b) => Number(b.isThisOne) - Number(a.isThisOne));
}

/**
 * Ends one of the user's sessions.
 * @throws NotFound if it belongs to another user or has already ended.
 */
export async function revokeSession(me: SignedIn, id: string): Promise<{ id: string }> {
  if (!isUuid(id)) throw new NotFound('session', id);
  const ended = await endAndAudit(me.userId, { id }, 'session.revoked');
  if (ended.length === 0) throw new NotFound('session', id);
  return { id };
}

/** Ends all of the user's sessions except the current one, or including it. */
export async function revokeSessions(
  me: SignedIn,
  options: { thisOneToo: boolean },
): Promise<{ ended: number }> {
  const which = options.thisOneToo ? {} : { id: { not: me.sessionId } };
  return { ended: (await endAndAudit(me.userId, which, 'session.revoked')).length };
}

/** Ends a session when its user signs out. */
export async function closeSession(userId: string, id: string): Promise<void> {
  await endAndAudit(userId, { id }, 'session.closed');
}

async function endAndAudit(
  userId: string,
  which: Prisma.SessionWhereInput,
  action: string,
): Promise<string[]> {
  const ended = await transaction(async (tx) => {
    const ids = await endSessions(tx, userId, which);
    if (ids.length > 0) await auditAccount(tx, userId, action, { sessions: ids.length });
    return ids;
  });
  forgetSessions(ended);
  return ended;
}
