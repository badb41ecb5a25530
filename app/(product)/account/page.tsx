import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Account } from '@/components/account/account';
import { AccountFrame } from '@/components/account/account-frame';
import { TrpcProvider } from '@/components/trpc/trpc-provider';
import { signInPath } from '@/server/doors/page-session';
import { pageCaller, pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Your account' };

export default async function AccountPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { queryClient, trpc, session, state } = await pagePrefetch();
  if (!session.user) redirect(await signInPath());
  const { error } = await searchParams;
  const [ways] = await Promise.all([
    (await pageCaller()).accounts.waysIn(),
    queryClient.prefetchQuery(trpc.accounts.me.queryOptions()),
    queryClient.prefetchQuery(trpc.accounts.sessions.queryOptions()),
    queryClient.prefetchQuery(trpc.rates.choice.queryOptions()),
  ]);
  return (
    <TrpcProvider shown={{ mode: session.mode, organizationId: null }}>
      <HydrationBoundary state={state()}>
        <AccountFrame>
          <Account ways={ways} error={typeof error === 'string' ? error : null} />
        </AccountFrame>
      </HydrationBoundary>
    </TrpcProvider>
  );
}
