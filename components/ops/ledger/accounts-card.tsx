'use client';

import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { QueryCard } from '@/components/ui/query-card';
import { ScrollTable } from '@/components/ui/tables/scroll-table';
import { sats } from '@/components/ui/values/humanise';
import type { AccountsOfKind } from '@/server/features/books/schema';
import classes from './ledger.module.css';

/** The chart of accounts, with what stands on each kind. */
export function AccountsCard({ mode }: { mode: 'live' | 'test' }) {
  const trpc = useTRPC();
  const accounts = useQuery(trpc.books.accounts.queryOptions());
  return (
    <QueryCard
      query={accounts}
      title={`Accounts in ${mode} mode`}
      wait={{ height: 180, width: undefined }}
    >
      {accounts.data ? (
        <>
          <ScrollTable
            label="Chart of accounts"
            columns={['Account', 'Balance', 'Normal side', 'Accounts']}
          >
            {accounts.data.map((account) => (
              <Kind key={account.kind} account={account} />
            ))}
          </ScrollTable>
          <Sum accounts={accounts.data} />
        </>
      ) : null}
    </QueryCard>
  );
}

function Kind({ account }: { account: AccountsOfKind }) {
  const { name, about, normal, balanceSats, owners } = account;
  return (
    <>
      <tr>
        <th scope="row" className={classes.kind}>
          {name}
          <small>{about}</small>
        </th>
        <td>{sats(balanceSats)}</td>
        <td>{normal}</td>
        <td>{account.accounts.toLocaleString('en-US')}</td>
      </tr>
      {owners.length > 1
        ? owners.map((each) => (
            <tr key={each.owner} className={classes.owner}>
              <th scope="row">{each.owner}</th>
              <td>{sats(each.balanceSats)}</td>
              <td />
              <td />
            </tr>
          ))
        : null}
    </>
  );
}

/** What is owed and earned is what is there: both sides of the same books. */
function Sum({ accounts }: { accounts: AccountsOfKind[] }) {
  const of = (wanted: AccountsOfKind['normal']) =>
    accounts
      .filter(({ normal }) => normal === wanted)
      .reduce((sum, { balanceSats }) => sum + balanceSats, 0);
  return (
    <Text size="sm" c="dimmed" px={20} py={12} className="tabular">
      Credits {sats(of('credit'))}, debits {sats(of('debit'))}
      {of('credit') === of('debit') ? ': they are equal.' : ': they should be equal.'}
    </Text>
  );
}
