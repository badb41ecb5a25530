import { TRPCError } from '@trpc/server';
import type { Metadata } from 'next';
import { InvitationOver } from '@/components/auth/invitations/invitation-over';
import { PoolInvitation } from '@/components/auth/invitations/pool-invitation';
import { TrpcProvider } from '@/components/trpc/trpc-provider';
import { pageSession } from '@/server/doors/page-session';
import { pageCaller } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' };

export default async function PoolInvitationPage(props: { params: Promise<{ token: string }> }) {
  const { token } = await props.params;
  const caller = await pageCaller();
  const invitation = await caller.people.invitation({ token }).catch((error: unknown) => {
    if (error instanceof TRPCError && error.code === 'NOT_FOUND') return null;
    throw error;
  });
  if (!invitation) return <InvitationOver />;
  const { user } = await pageSession();
  const { mailbox } = await caller.accounts.waysIn();
  return (
    <TrpcProvider shown={{ mode: 'live', organizationId: null }}>
      <PoolInvitation
        token={token}
        invitation={invitation}
        userName={user?.name ?? null}
        mailbox={mailbox}
      />
    </TrpcProvider>
  );
}
