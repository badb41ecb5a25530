import { TRPCError } from '@trpc/server';
import type { Metadata } from 'next';
import { Invitation } from '@/components/auth/invitations/invitation';
import { InvitationOver } from '@/components/auth/invitations/invitation-over';
import { TrpcProvider } from '@/components/trpc/trpc-provider';
import { pageSession } from '@/server/doors/page-session';
import { pageCaller } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' };

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const caller = await pageCaller();
  const invitation = await caller.team.invitation({ token }).catch((error: unknown) => {
    if (error instanceof TRPCError && error.code === 'NOT_FOUND') return null;
    throw error;
  });
  if (!invitation) return <InvitationOver />;
  const { user } = await pageSession();
  const { mailbox } = await caller.accounts.waysIn();
  return (
    <TrpcProvider shown={{ mode: 'test', organizationId: null }}>
      <Invitation
        token={token}
        invitation={invitation}
        userName={user?.name ?? null}
        mailbox={mailbox}
      />
    </TrpcProvider>
  );
}
