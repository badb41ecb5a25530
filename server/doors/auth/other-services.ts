import type { NextAuthOptions, Profile } from 'next-auth';
import GithubProvider from 'next-auth/providers/github';
import GoogleProvider from 'next-auth/providers/google';
import { configuredServices, type Foreigner } from '@/server/features/accounts';
import { PROVIDERS, type Provider } from '@/server/features/accounts/schema';
import { withDeadline } from '@/server/platform/deadline';
import { env } from '@/server/platform/env';

type NextAuthProvider = NextAuthOptions['providers'][number];

export function isOtherService(id: string): id is Provider {
  return (PROVIDERS as readonly string[]).includes(id);
}

/** next-auth's providers of the configured services. */
export function otherServices(): NextAuthProvider[] {
  return configuredServices().map((provider) => (provider === 'github' ? github() : google()));
}

/** An e-mail address of a GitHub account, with its verification status. */
interface GithubEmail {
  email: string;
  primary: boolean;
  verified: boolean;
}

function github(): NextAuthProvider {
  return GithubProvider({
    clientId: env.GITHUB_ID ?? '',
    clientSecret: env.GITHUB_SECRET ?? '',
    userinfo: {
      url: 'https://api.github.com/user',
      async request({ client, tokens }) {
        const profile = await client.userinfo(tokens.access_token ?? '');
        const emails = await withDeadline(10_000, async (signal) => {
          const response = await fetch('https://api.github.com/user/emails', {
            headers: { Authorization: `Bearer ${tokens.access_token}` },
            signal,
          });
          return response.ok ? ((await response.json()) as GithubEmail[]) : [];
        });
        return { ...profile, ...verifiedEmail(emails) };
      },
    },
  });
}

/** The account's address: the primary one if it is verified, else another verified one. */
export function verifiedEmail(emails: readonly GithubEmail[]): {
  email: string | undefined;
  email_verified: boolean;
} {
  const verified = emails.filter((each) => each.verified);
  const email = (verified.find(({ primary }) => primary) ?? verified[0])?.email;
  return { email, email_verified: email !== undefined };
}

function google(): NextAuthProvider {
  return GoogleProvider({
    clientId: env.GOOGLE_ID ?? '',
    clientSecret: env.GOOGLE_SECRET ?? '',
  });
}

/** Converts a provider's profile. */
export function foreignerOf(provider: Provider, subject: string, profile: Profile): Foreigner {
  const { email, email_verified: verified } = profile as Profile & { email_verified?: unknown };
  return {
    provider,
    subject,
    email: email ?? null,
    emailVerified: verified === true,
    name: profile.name ?? null,
  };
}
