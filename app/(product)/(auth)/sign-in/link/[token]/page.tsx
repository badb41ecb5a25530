import { TRPCError } from '@trpc/server';
import type { Metadata } from 'next';
import { LinkOver } from '@/components/auth/auth-parts';
import { SignInLink } from '@/components/auth/sign-in/sign-in-link';
import { pageCaller } from '@/server/doors/trpc/prefetch';
import { ownPath } from '@/server/features/accounts/schema';

export const metadata: Metadata = { title: 'Sign in', referrer: 'no-referrer' };

export default async function SignInLinkPage(props: {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { token } = await props.params;
  const caller = await pageCaller();
  const link = await caller.accounts.signInLink({ token }).catch((error: unknown) => {
    if (error instanceof TRPCError && error.code === 'NOT_FOUND') return null;
    throw error;
  });
  if (!link) {
    return (
      <LinkOver
        what="It was used before, or is older than 15 minutes."
        href="/sign-in"
        action="Ask for a new one"
      />
    );
  }
  const next = ownPath((await props.searchParams).next) ?? '/home';
  return <SignInLink token={token} name={link.name} email={link.email} next={next} />;
}
