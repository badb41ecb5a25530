import type { Metadata } from 'next';
import { ForgotPassword } from '@/components/auth/forgot-password';
import { TrpcProvider } from '@/components/trpc/trpc-provider';
import { pageCaller } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Choose a new password' };

export default async function ForgotPasswordPage() {
  const { mailbox } = await (await pageCaller()).accounts.waysIn();
  return (
    <TrpcProvider shown={{ mode: 'test', organizationId: null }}>
      <ForgotPassword mailbox={mailbox} />
    </TrpcProvider>
  );
}
