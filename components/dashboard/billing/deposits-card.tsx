'use client';

import { Box, Button, VisuallyHidden } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card, CardNote } from '@/components/ui/card';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { Loading } from '@/components/ui/loading';
import { Status } from '@/components/ui/status';
import { Pager, usePages } from '@/components/ui/tables/pager';
import { sats } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import classes from '../settings.module.css';

const SHOWN = 10;

/**
 * What was paid in over Lightning, and what is open.
 * @param props.offered where no more can be, there is nothing to say while the list is empty.
 */
export function DepositsCard(props: { offered: boolean; onShow: (id: string) => void }) {
  const trpc = useTRPC();
  const pages = usePages();
  const deposits = useQuery(
    trpc.deposits.list.queryOptions(
      { limit: SHOWN, ...pages.query },
      { placeholderData: keepPreviousData },
    ),
  );
  if (deposits.isError) return <QueryFailure query={deposits} />;
  const lines = deposits.data?.data ?? [];
  if (!props.offered && lines.length === 0) return null;
  return (
    <Card flush title="Deposits">
      {deposits.isPending ? <Loading height={14} m={20} width="50%" /> : null}
      {deposits.data && lines.length === 0 ? (
        <CardNote>Nothing was paid in over Lightning yet.</CardNote>
      ) : null}
      {lines.length > 0 ? (
        // A region that scrolls must be reachable by keyboard.
        <Box component="section" className={classes.scroll} aria-label="Deposits" tabIndex={0}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Status</th>
                <th scope="col" className={classes.number}>
                  Amount
                </th>
                <th scope="col">
                  <VisuallyHidden>Invoice</VisuallyHidden>
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map((deposit) => (
                <tr key={deposit.id} data-testid="deposit">
                  <td style={{ whiteSpace: 'nowrap' }}>
                    <Age at={deposit.created_at} />
                  </td>
                  <td>
                    <Status value={deposit.status} />
                  </td>
                  <td className={classes.number}>
                    {sats(deposit.received_sats ?? deposit.amount_sats)}
                  </td>
                  <td className={classes.number}>
                    {deposit.status === 'open' ? (
                      <Button
                        size="compact-xs"
                        variant="default"
                        onClick={() => props.onShow(deposit.id)}
                      >
                        Show the invoice
                      </Button>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Box>
      ) : null}
      <Pager pages={pages} next={deposits.data?.next_cursor} />
    </Card>
  );
}
