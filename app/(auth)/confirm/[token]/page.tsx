import type { Metadata } from 'next';
import { ConfirmAddress } from '@/components/auth/confirm-address';
import { TrpcProvider } from '@/components/trpc/trpc-provider';

export const metadata: Metadata = { title: 'Confirm your address', referrer: 'no-referrer' };

export default async function ConfirmPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  return (
    <TrpcProvider shown={{ mode: 'test', organizationId: null }}>
      <ConfirmAddress token={token} />
    </TrpcProvider>
  );
}
