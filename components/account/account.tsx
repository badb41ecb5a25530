'use client';

import { Alert, Flex } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { signInFault } from '@/components/auth/sign-in/sign-in-fault';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { QueryState } from '@/components/ui/failures/query-state';
import { PageHeader } from '@/components/ui/page-header';
import type { WaysIn } from '@/server/features/accounts/schema';
import { ConnectedAccounts } from './connected-accounts';
import { CurrencyCard } from './currency-card';
import { EmailCard } from './email-card';
import { NameCard } from './name-card';
import { PasswordCard } from './password-card';
import { Sessions } from './sessions';

/** A person's own account: who they are, what they sign in by, and where they are signed in. */
export function Account({ ways, error }: { ways: WaysIn; error: string | null }) {
  const trpc = useTRPC();
  const me = useQuery(trpc.accounts.me.queryOptions());
  return (
    <>
      <PageHeader title="Your account" about="What concerns you, in every organization." />
      <Flex direction="column" gap={24}>
        {error ? (
          <Alert color="red" role="alert">
            {signInFault(error)}
          </Alert>
        ) : null}
        <QueryState query={me} height={220} radius="lg" />
        {me.data ? (
          <>
            <NameCard account={me.data} />
            <CurrencyCard />
            <EmailCard account={me.data} mailbox={ways.mailbox} />
            <PasswordCard account={me.data} />
            <ConnectedAccounts account={me.data} services={ways.services} />
            <Sessions />
          </>
        ) : null}
      </Flex>
    </>
  );
}
