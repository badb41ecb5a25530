import { TRPCError } from '@trpc/server';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { MailboxPage } from '@/components/mailbox/mailbox-page';
import { TrpcProvider } from '@/components/trpc/trpc-provider';
import { pageCaller } from '@/server/doors/trpc/prefetch';

export const metadata: Metadata = { title: 'Mailbox', robots: { index: false } };

export default async function Page() {
  const caller = await pageCaller();
  await caller.emails.list({ limit: 1 }).catch((error: unknown) => {
    if (error instanceof TRPCError && error.code === 'NOT_FOUND') notFound();
    throw error;
  });
  return (
    <TrpcProvider shown={{ mode: 'live', organizationId: null }}>
      <MailboxPage />
    </TrpcProvider>
  );
}
