'use client';

import { Anchor, Stack } from '@mantine/core';
import Link from 'next/link';
import { PageBody } from '@/components/ui/frame/app-frame';
import { PageHeader } from '@/components/ui/page-header';
import { AccountsCard } from './accounts-card';
import { CheckCard } from './check-card';
import { MonthsCard } from './months-card';

/** The books: what stands on which accounts, whether they add up, and the closed months. */
export function LedgerPage({ mode }: { mode: 'live' | 'test' }) {
  return (
    <PageBody wide>
      <PageHeader
        title="Ledger"
        about="Who owns which sats: the accounts of this mode, whether they add up, and the closed months."
        actions={
          <Anchor component={Link} href="/ops/ledger/adjustments" size="sm">
            Adjustments
          </Anchor>
        }
      />
      <Stack gap="lg">
        <CheckCard />
        <AccountsCard mode={mode} />
        <MonthsCard />
      </Stack>
    </PageBody>
  );
}
