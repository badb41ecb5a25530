import { findSession } from '@/server/features/accounts';
import { memberActor, operatorActor } from '@/server/features/organizations';
import { workerActorFor } from '@/server/features/workers';
import type { Mode } from '@/server/platform/actor';
import { NotFound } from '@/server/platform/errors';
import type { Session } from '@/server/transport/trpc/session';
import { userOfCookies } from './auth/session-user';
import { cookiesOf } from './cookies';

/** Cookies of the dashboard's two switches. They only choose among what the user may see. */
export const MODE_COOKIE = 'humanrail-mode';
export const ORGANIZATION_COOKIE = 'humanrail-organization';

/** A random ID of a worker's browser; disclosed on the task page. */
export const DEVICE_COOKIE = 'humanrail-device';

/** Headers in which an open page names what it shows, regardless of choices in other tabs. */
export const MODE_HEADER = 'x-humanrail-mode';
export const ORGANIZATION_HEADER = 'x-humanrail-organization';

export interface SessionSource {
  cookie: (name: string) => string | undefined;
  /** A header, or its substitute for requests that cannot carry one. */
  header: (name: string) => string | undefined;
}

/** The session of a request, regardless of where its cookies and headers come from. */
export async function sessionOf({ cookie, header }: SessionSource): Promise<Session> {
  const user = await userOfCookies(cookie);
  const mode: Mode = (header(MODE_HEADER) ?? cookie(MODE_COOKIE)) === 'live' ? 'live' : 'test';
  const named = header(ORGANIZATION_HEADER);
  const preferred = cookie(ORGANIZATION_COOKIE);
  return {
    user,
    isOpen: async () => user !== null && (await findSession(user.sessionId)) !== null,
    isMember: async (actor) => (await orNull(memberActor(actor))) !== null,
    mode,
    member: once(async () => {
      if (!user) return null;
      // A page that names its organization must not silently get data of another one.
      if (named) return orNull(memberActor({ userId: user.userId, organizationId: named, mode }));
      return (
        (preferred &&
          (await orNull(memberActor({ userId: user.userId, organizationId: preferred, mode })))) ||
        orNull(memberActor({ userId: user.userId, mode }))
      );
    }),
    // People only work in live mode; test mode has simulated workers.
    worker: once(async () => (user ? workerActorFor(user.userId, 'live') : null)),
    operator: once(async () => (user ? orNull(operatorActor(user.userId, mode)) : null)),
  };
}

/** The session of a request. */
export function requestSession({ headers }: Request): Promise<Session> {
  return sessionOf({
    cookie: cookiesOf(headers),
    header: (name) => headers.get(name) ?? undefined,
  });
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | undefined;
  return () => {
    known ??= read();
    return known;
  };
}

async function orNull<T>(actor: Promise<T>): Promise<T | null> {
  try {
    return await actor;
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}
