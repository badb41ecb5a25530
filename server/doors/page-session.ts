import { cookies, headers } from 'next/headers';
import { listMemberships } from '@/server/features/organizations';
import { displayRateFor } from '@/server/features/rates';
import type { Session } from '@/server/transport/trpc/session';
import { sessionOf } from './session';

/** The session of the page being rendered. */
export async function pageSession(): Promise<Session> {
  const [jar, list] = await Promise.all([cookies(), headers()]);
  return sessionOf({
    cookie: (name) => jar.get(name)?.value,
    header: (name) => list.get(name) ?? undefined,
  });
}

/** The data of the page frame: the user, the current organization, and the other options. */
export async function frameOf(session: Session) {
  const { user } = session;
  if (!user) return null;
  const [member, worker, operator, memberships, rate] = await Promise.all([
    session.member(),
    session.worker(),
    session.operator(),
    listMemberships(user.userId),
    displayRateFor(user.userId),
  ]);
  return {
    user: { name: user.name, email: user.email, emailConfirmed: user.emailConfirmed },
    mode: session.mode,
    organizationId: member?.organizationId ?? null,
    role: member?.role ?? null,
    organizations: memberships.map(({ organizationId, organizationName }) => ({
      id: organizationId,
      name: organizationName,
    })),
    suspendedReason:
      memberships.find(({ organizationId }) => organizationId === member?.organizationId)
        ?.suspendedReason ?? null,
    isWorker: worker !== null,
    isOperator: operator !== null,
    /** The rate for amounts next to sats; null for sats only. */
    rate,
  };
}
export type Frame = NonNullable<Awaited<ReturnType<typeof frameOf>>>;

/** The sign-in page, with a return to the requested page. */
export async function signInPath(): Promise<string> {
  const path = (await headers()).get('x-path') ?? '/home';
  return `/sign-in?next=${encodeURIComponent(path).replaceAll('%2F', '/')}`;
}

/** The user's start page. */
export async function homeOf(session: Session): Promise<string> {
  if (await session.member()) return '/dashboard';
  if (await session.worker()) return '/work';
  if (await session.operator()) return '/ops/reviews';
  return session.user ? '/welcome' : '/';
}
