'use client';

import { Anchor, Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { v4 as newKey } from 'uuid';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { ReasonButton } from '@/components/ui/dialogs/reason-button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { PageHeader } from '@/components/ui/page-header';
import { QueryCard } from '@/components/ui/query-card';
import { sats } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import type { AdjustmentLine, AdjustmentPayout } from '@/server/features/adjustments/schema';
import { ADJUSTMENT_FIELDS } from '../list-fields';
import { ListPages } from '../list-pages';
import classes from '../ops.module.css';
import { STATES } from '../payouts/words';
import { useListFilter } from '../use-list-filter';
import { AdjustButton } from './adjust-button';

/** What operators added to accounts or took from them, and the way to do so. */
export function AdjustmentsPage({ mode }: { mode: 'live' | 'test' }) {
  const trpc = useTRPC();
  const { filter, set } = useListFilter(ADJUSTMENT_FIELDS);
  const list = useQuery(
    trpc.adjustments.list.queryOptions(filter, { placeholderData: keepPreviousData }),
  );
  return (
    <PageBody wide>
      <Anchor component={Link} href="/ops/ledger" size="sm" c="dimmed">
        Ledger
      </Anchor>
      <PageHeader
        title="Adjustments"
        about={`Sats of ${mode} mode that operators added to an organization’s or a worker’s account, or took from it. Whose it is reads the reason, and a worker is paid out what was added.`}
        actions={<AdjustButton key={filter.owner} mode={mode} proposed={filter} />}
      />
      {filter.owner || filter.accountKind ? (
        <Button
          variant="default"
          size="xs"
          mb="md"
          onClick={() => set({ owner: null, accountKind: null })}
        >
          Of everybody
        </Button>
      ) : null}
      <QueryCard
        query={list}
        empty={
          <EmptyState icon={<Icon name="coins" />} title="Nothing was adjusted">
            Tasks, payouts and credits move sats by themselves; this is for what they do not cover.
          </EmptyState>
        }
      >
        {list.data?.data.map((line) => (
          <Line
            key={line.id}
            line={line}
            onOwner={() => set({ owner: line.owner, accountKind: line.accountKind })}
          />
        ))}
      </QueryCard>
      <ListPages filter={filter} page={list.data} onChange={set} />
    </PageBody>
  );
}

function Line({ line, onOwner }: { line: AdjustmentLine; onOwner: () => void }) {
  const { amountSats, ownerName, accountKind, reason, reverses, isReversed, by, createdAt } = line;
  return (
    <div className={classes.line} data-testid="adjustment">
      <span className={classes.lineMain}>
        <span style={{ fontWeight: 500 }} className="tabular">
          {amountSats > 0 ? '+' : '−'}
          {sats(Math.abs(amountSats))}
        </span>
        <span className="soft">
          {' · '}
          {accountKind === 'worker_payable' ? 'worker' : 'organization'}{' '}
          <Anchor component="button" type="button" size="sm" onClick={onOwner}>
            {ownerName}
          </Anchor>
          {reverses ? ' · takes an adjustment back' : ''}
          {isReversed ? ' · taken back' : ''}
        </span>
        <span className={classes.sub}>{reason}</span>
        {line.payout ? <PayoutNote line={line} payout={line.payout} /> : null}
      </span>
      <span className="soft">
        {by} · <Age at={createdAt} />
      </span>
      {isReversible(line) ? <Reverse line={line} /> : null}
    </div>
  );
}

/** What is being sent may come back, and can be taken back then; the server says so where it is not yet. */
function isReversible({ amountSats, reverses, isReversed, payout }: AdjustmentLine): boolean {
  if (reverses !== null || isReversed) return false;
  return payout === null || (payout.status !== 'paid' && payout.leftSats === amountSats);
}

/** How what was given to a worker is paid out. */
function PayoutNote(props: { line: AdjustmentLine; payout: AdjustmentPayout }) {
  const { line, payout } = props;
  const { id, status, leftSats } = payout;
  return (
    <span className={classes.sub}>
      <Anchor component={Link} href={`/ops/payouts/${id}`} size="sm">
        Payout
      </Anchor>
      : {STATES[status].toLowerCase()}
      {leftSats > 0 && leftSats < line.amountSats ? `, ${sats(leftSats)} of it` : ''}
    </span>
  );
}

function Reverse({ line: { id, amountSats, ownerName, reason: why } }: { line: AdjustmentLine }) {
  const trpc = useTRPC();
  // The same until it has succeeded, so that a second try after a lost answer does nothing twice.
  const [key] = useState(() => newKey());
  const reverse = useAct(trpc.adjustments.reverse, {
    done: ({ ownerName: name, balanceSats }) => `Taken back. ${name} has ${sats(balanceSats)}.`,
    refresh: [trpc.adjustments.pathFilter()],
  });
  return (
    <ReasonButton
      label="Take back…"
      ariaLabel={`Take back: ${why}`}
      question="Take the adjustment back"
      verb="Take back"
      readBy="Whose account it is reads it, and it stands in the audit log."
      color="red"
      busy={reverse.isPending}
      onConfirm={(reason) => reverse.mutateAsync({ key, adjustmentId: id, reason })}
    >
      {amountSats > 0
        ? `${sats(amountSats)} are taken from ${ownerName}.`
        : `${sats(-amountSats)} are given back to ${ownerName}.`}
    </ReasonButton>
  );
}
