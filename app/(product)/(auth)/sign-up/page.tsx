import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignUpForm } from '@/components/auth/sign-up/sign-up-form';
import { TrpcProvider } from '@/components/trpc/trpc-provider';
import { homeOf, pageSession } from '@/server/doors/page-session';
import { pageCaller } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Create an organization' };

export default async function SignUpPage() {
  const session = await pageSession();
  if (session.user) redirect(await homeOf(session));
  const ways = await (await pageCaller()).accounts.waysIn();
  return (
    <TrpcProvider shown={{ mode: 'test', organizationId: null }}>
      <SignUpForm ways={ways} />
    </TrpcProvider>
  );
}
