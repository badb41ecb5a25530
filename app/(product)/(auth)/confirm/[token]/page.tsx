import type { Metadata } from 'next';
import { ConfirmAddress } from '@/components/auth/confirm-address';
import { TrpcProvider } from '@/components/trpc/trpc-provider';
import { pageCaller } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Confirm your address', referrer: 'no-referrer' };

export default async function ConfirmPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const { accounts } = await pageCaller();
  // An expired or used link is reported when it is submitted.
  const link = await accounts.confirmLink({ token }).catch(() => null);
  return (
    <TrpcProvider shown={{ mode: 'test', organizationId: null }}>
      <ConfirmAddress token={token} clears={link?.clears ? link.email : null} />
    </TrpcProvider>
  );
}
