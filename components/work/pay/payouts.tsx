'use client';

import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card, CardNote } from '@/components/ui/card';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { Status } from '@/components/ui/status';
import { Amount } from '@/components/ui/values/amount';
import { humanise, sats } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import { usePresence } from '@/components/work/presence/presence-context';
import classes from '@/components/work/work.module.css';
import type { WorkerPayout } from '@/server/features/payouts/schema';

/** How often it is looked whether what is on the way has arrived: rails tell the server, not pages. */
export const ON_THE_WAY_MS = 2_000;

const isOnTheWay = ({ status }: WorkerPayout) => status === 'pending' || status === 'sending';

/** Each payout with its rail, what it cost, and the proof of it. */
export function Payouts() {
  const trpc = useTRPC();
  const { refetchInterval } = usePresence();
  const payouts = useInfiniteQuery(
    trpc.payouts.list.infiniteQueryOptions(
      {},
      {
        refetchInterval: ({ state }) =>
          state.data?.pages.some(({ data }) => data.some(isOnTheWay))
            ? ON_THE_WAY_MS
            : refetchInterval,
        initialCursor: undefined,
        getNextPageParam: (page) => page.next_cursor ?? undefined,
      },
    ),
  );
  if (payouts.isError) return <QueryFailure query={payouts} />;
  const rows = payouts.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Card flush title="Payouts">
      {payouts.data && rows.length === 0 ? (
        <CardNote>
          Each accepted answer shows here, and what the operator gives you, with how and when it was
          paid.
        </CardNote>
      ) : null}
      {rows.map((payout) => (
        <PayoutRow key={payout.id} payout={payout} />
      ))}
      {payouts.hasNextPage ? (
        <Button
          variant="subtle"
          m={12}
          loading={payouts.isFetchingNextPage}
          onClick={() => void payouts.fetchNextPage()}
        >
          Older payouts
        </Button>
      ) : null}
    </Card>
  );
}

function PayoutRow({ payout }: { payout: WorkerPayout }) {
  return (
    <div className={`${classes.answerRow} ${classes.payoutRow}`}>
      <Status value={payout.status} />
      <span className="tabular">
        <Amount sats={payout.amountSats} />
      </span>
      <span className="soft">
        {payout.reason === null ? null : (
          <span style={{ display: 'block' }}>From the operator: {payout.reason}</span>
        )}
        {payout.failureReason ??
          `${humanise(payout.rail)} rail${payout.feeSats > 0 ? `, fee ${sats(payout.feeSats)}` : ''}`}
        {payout.preimage ? (
          <span className="mono clip" style={{ display: 'block' }}>
            Preimage {payout.preimage}
          </span>
        ) : null}
      </span>
      <span className="soft">
        <Age at={payout.paidAt ?? payout.createdAt} />
      </span>
    </div>
  );
}
