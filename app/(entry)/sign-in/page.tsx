import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { signInFault } from '@/components/auth/sign-in/sign-in-fault';
import { SignInForm } from '@/components/auth/sign-in/sign-in-form';
import { pageSession } from '@/server/doors/page-session';
import { pageCaller } from '@/server/doors/trpc/prefetch';
import { ownPath } from '@/server/features/accounts/schema';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { next, over, error } = await searchParams;
  const path = ownPath(next) ?? '/home';
  const { user } = await pageSession();
  if (user) redirect(path);
  const ways = await (await pageCaller()).accounts.waysIn();
  return (
    <SignInForm
      next={path}
      ways={ways}
      notice={over ? 'Your session has ended. Sign in to go on where you were.' : null}
      fault={typeof error === 'string' ? signInFault(error) : null}
    />
  );
}
