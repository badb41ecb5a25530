import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { BecomeWorker } from '@/components/auth/sign-up/become-worker';
import { WorkerSignUpForm } from '@/components/auth/sign-up/worker-sign-up-form';
import { TrpcProvider } from '@/components/trpc/trpc-provider';
import { pageSession } from '@/server/doors/page-session';
import { pageCaller } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Sign up to work' };

export default async function WorkerSignUpPage() {
  const session = await pageSession();
  if (await session.worker()) redirect('/work');
  const { mailbox } = await (await pageCaller()).accounts.waysIn();
  return (
    <TrpcProvider shown={{ mode: 'live', organizationId: null }}>
      {session.user ? (
        <BecomeWorker name={session.user.name} />
      ) : (
        <WorkerSignUpForm mailbox={mailbox} />
      )}
    </TrpcProvider>
  );
}
