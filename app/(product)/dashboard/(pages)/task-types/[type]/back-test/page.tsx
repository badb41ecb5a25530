import type { Metadata } from 'next';
import { BackTestPage } from '@/components/dashboard/back-test/back-test-page';
import { pagePrefetch } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Back-test' };

/** The replay takes a moment, so the page renders before it. */
export default async function Page({ params }: { params: Promise<{ type: string }> }) {
  const type = decodeURIComponent((await params).type);
  const { session } = await pagePrefetch();
  const member = await session.member();
  return <BackTestPage type={type} mayChange={member !== null && member.role !== 'viewer'} />;
}
