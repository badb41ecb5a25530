import { TRPCError } from '@trpc/server';
import type { Metadata } from 'next';
import { LinkOver } from '@/components/auth/auth-parts';
import { ResetPassword } from '@/components/auth/reset-password';
import { TrpcProvider } from '@/components/trpc/trpc-provider';
import { pageCaller } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Choose a new password', referrer: 'no-referrer' };

export default async function ResetPasswordPage({
  params,
}: {
  params: Promise<{ token: string }>;
}) {
  const { token } = await params;
  const caller = await pageCaller();
  const link = await caller.accounts.resetLink({ token }).catch((error: unknown) => {
    if (error instanceof TRPCError && error.code === 'NOT_FOUND') return null;
    throw error;
  });
  if (!link) {
    return (
      <LinkOver
        what="It was used before, or is older than an hour."
        href="/forgot-password"
        action="Ask for a new one"
      />
    );
  }
  return (
    <TrpcProvider shown={{ mode: 'test', organizationId: null }}>
      <ResetPassword token={token} email={link.email} />
    </TrpcProvider>
  );
}
