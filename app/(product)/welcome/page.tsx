import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AccountFrame } from '@/components/account/account-frame';
import { Welcome } from '@/components/account/welcome';
import { TrpcProvider } from '@/components/trpc/trpc-provider';
import { pageSession, signInPath } from '@/server/doors/page-session';

export const metadata: Metadata = { title: 'New organization' };

export default async function WelcomePage() {
  const session = await pageSession();
  if (!session.user) redirect(await signInPath());
  const isFirst = (await session.member()) === null;
  return (
    <TrpcProvider shown={{ mode: 'test', organizationId: null }}>
      <AccountFrame>
        <div style={{ maxWidth: 360 }}>
          <Welcome isFirst={isFirst} name={session.user.name} />
        </div>
      </AccountFrame>
    </TrpcProvider>
  );
}
