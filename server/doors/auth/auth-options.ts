import type { NextAuthOptions, Profile } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import {
  closeSession,
  connectIdentity,
  openSession,
  SESSION_SECONDS,
  signInByIdentity,
  signInByLink,
} from '@/server/features/accounts';
import type { SignInMethod } from '@/server/features/accounts/schema';
import { verifyPassword } from '@/server/features/organizations';
import { AppError } from '@/server/platform/errors';
import { log } from '@/server/platform/log';
import type { SessionUser } from '@/server/transport/trpc/session';
import { ownUrl } from './auth-request';
import { foreignerOf, isOtherService, otherServices } from './other-services';
import { sessionSecret } from './session-user';

/** The origin of a sign-in request. */
export interface SignInOrigin {
  userAgent: string;
  network: string;
  /** The user who is already signed in there, if any. */
  user: SessionUser | null;
}

/**
 * next-auth's options for sign-in with a password, a link, or an external account. The cookie names
 * a session row, so that ending the row ends the session.
 */
export function authOptions(origin: SignInOrigin): NextAuthOptions {
  /** The user of an external account, once resolved. */
  let resolved: { userId: string; sessionId?: string } | null = null;
  return {
    secret: sessionSecret(),
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-in' },
    logger: {
      error: (code, metadata) => log.warn({ code, metadata: String(metadata) }, 'Sign-in failed'),
      warn: (code) => log.debug({ code }, 'next-auth warns'),
      debug: () => undefined,
    },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: async (given) => {
          if (!given?.email || !given.password) return null;
          const { email, password } = given;
          return inPublicWords(() => verifyPassword(email, password, { network: origin.network }));
        },
      }),
      CredentialsProvider({
        id: 'link',
        credentials: { token: { type: 'text' } },
        authorize: async (given) =>
          inPublicWords(() => signInByLink(given?.token ?? '', origin.user)),
      }),
      ...otherServices(),
    ],
    callbacks: {
      redirect: ({ url, baseUrl }) => ownUrl(url, baseUrl) ?? baseUrl,
      signIn: async ({ account, profile }) => {
        if (!account || !isOtherService(account.provider)) return true;
        const foreigner = foreignerOf(
          account.provider,
          account.providerAccountId,
          profile as Profile,
        );
        try {
          if (origin.user) {
            await connectIdentity(origin.user, foreigner);
            resolved = origin.user;
          } else {
            resolved = await signInByIdentity(foreigner);
          }
          return true;
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          return `${origin.user ? '/account' : '/sign-in'}?error=${error.code}`;
        }
      },
      jwt: async ({ token, user, account }) => {
        if (!user || !account) return token;
        const userId = resolved?.userId ?? user.id;
        const method = (
          account.provider === 'credentials' ? 'password' : account.provider
        ) as SignInMethod;
        const sid =
          resolved?.sessionId ??
          (await openSession({
            userId,
            method,
            userAgent: origin.userAgent,
            network: origin.network,
          }));
        // Name and address are read from the row, not from the cookie.
        return { sub: userId, sid };
      },
      session: ({ session, token }) => ({ ...session, userId: token.sub }),
    },
    events: {
      signOut: async ({ token }) => {
        if (token?.sub && typeof token.sid === 'string') await closeSession(token.sub, token.sid);
      },
    },
  };
}

/** next-auth shows an error's message in the form; only our own messages are meant for people. */
async function inPublicWords<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof AppError) throw new Error(error.message);
    log.error({ err: error }, 'Signing in failed');
    throw new Error('Sign-in failed because of an error on our side. Try again in a moment.');
  }
}
