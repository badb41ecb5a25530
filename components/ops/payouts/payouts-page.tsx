'use client';

import { Box, Button, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { DownloadButton } from '@/components/ui/download-button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { useListKeys } from '@/components/ui/keys/use-list-keys';
import { PageHeader } from '@/components/ui/page-header';
import { PromptLink } from '@/components/ui/prompt-link';
import { QueryCard } from '@/components/ui/query-card';
import { Status } from '@/components/ui/status';
import { Amount } from '@/components/ui/values/amount';
import { humanise } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import type { PayoutLine } from '@/server/features/payouts/schema';
import { PAYOUT_FIELDS } from '../list-fields';
import { ListPages } from '../list-pages';
import shared from '../ops.module.css';
import { useListFilter, withoutPage } from '../use-list-filter';
import { PayoutFilters } from './payout-filters';
import classes from './payouts.module.css';

const POLL_MS = 15_000;

/** The payouts of all organizations: what is owed, where it is, and what needs somebody. */
export function PayoutsPage({ mode }: { mode: 'live' | 'test' }) {
  const trpc = useTRPC();
  const { filter, set } = useListFilter(PAYOUT_FIELDS);
  const list = useRef<HTMLUListElement>(null);
  const search = useRef<HTMLInputElement>(null);
  useListKeys({ list, rows: '[data-row]', noun: 'payout', section: 'Payouts', search });
  const payouts = useQuery(
    trpc.payouts.find.queryOptions(filter, {
      placeholderData: keepPreviousData,
      refetchInterval: POLL_MS,
    }),
  );
  const narrowed = withoutPage(filter);
  const isNarrowed = [...narrowed.keys()].some((name) => name !== 'mode');
  const query = withoutPage({ mode, ...filter });
  return (
    <PageBody wide>
      <PageHeader
        title="Payouts"
        about="What workers are owed, for accepted answers and by operators, and how far each payout is."
        actions={
          <>
            <Button variant="default" component={PromptLink} href="/ops/payouts/rails">
              Rails
            </Button>
            <DownloadButton href={`/ops/payouts/payouts.csv?${query}`} />
          </>
        }
      />
      <PayoutFilters filter={filter} mode={mode} search={search} onChange={set} />
      <QueryCard
        keep
        query={payouts}
        wait={{ width: '60%' }}
        empty={
          <EmptyState
            icon={<Icon name="coins" />}
            title={isNarrowed ? 'No payout like that' : 'No payouts yet'}
          >
            {isNarrowed
              ? 'Take a filter away to see more.'
              : 'Each accepted answer, and what an operator gives, becomes one payout to its worker.'}
          </EmptyState>
        }
      >
        <ul className="bare-list" ref={list} aria-label="Payouts">
          {payouts.data?.data.map((payout) => (
            <Row key={payout.id} payout={payout} />
          ))}
        </ul>
      </QueryCard>
      <ListPages filter={filter} page={payouts.data} onChange={set} />
    </PageBody>
  );
}

function Row({ payout }: { payout: PayoutLine }) {
  const { trouble, attempts } = payout;
  const note = payout.holdReason ?? payout.failureReason ?? payout.reason;
  return (
    <li className={`${shared.linked} ${classes.row}`}>
      <Status value={trouble ?? (payout.holdReason === null ? payout.status : 'held_back')} />
      <Box miw={0}>
        <PromptLink href={`/ops/payouts/${payout.id}`} className={shared.link} data-row>
          <span className="tabular">
            <Amount sats={payout.amountSats} />
          </span>
          <span className="visually-hidden"> to {payout.worker}</span>
        </PromptLink>
        {note ? (
          <Text size="sm" c="dimmed" truncate title={note}>
            {note}
          </Text>
        ) : null}
      </Box>
      <Box miw={0}>
        <Text size="sm" truncate>
          {payout.worker}
        </Text>
        <Text size="sm" c="dimmed" truncate>
          {payout.organization === null ? 'from the operator' : `for ${payout.organization}`}
        </Text>
      </Box>
      <Box miw={0}>
        <Text size="sm" truncate>
          {humanise(payout.rail)} rail
        </Text>
        <Text size="sm" c="dimmed" truncate title={payout.destination ?? undefined}>
          {payout.destination ?? 'no destination'}
        </Text>
      </Box>
      <Text size="sm" c="dimmed">
        {attempts === 0 ? 'Not tried' : attempts === 1 ? '1 try' : `${attempts} tries`}
      </Text>
      <Text size="sm" className={shared.age}>
        <Age at={payout.paidAt ?? payout.createdAt} />
      </Text>
    </li>
  );
}
