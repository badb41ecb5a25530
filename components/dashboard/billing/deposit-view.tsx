'use client';

import { Button, Flex, Group, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { QRCodeSVG } from 'qrcode.react';
import { useEffect } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { Icon } from '@/components/ui/icons';
import { Loading } from '@/components/ui/loading';
import { sats } from '@/components/ui/values/humanise';
import { Countdown } from '@/components/ui/values/now';
import type { Deposit } from '@/server/features/deposits/schema';
import { CopyText } from '../shown-once';
import classes from './deposit-view.module.css';

const WAITING_MS = 2_000;
/** What was on its way when the invoice expired may still come in. */
const EXPIRED_MS = 10_000;

const REFETCH_MS: Record<Deposit['status'], number | false> = {
  open: WAITING_MS,
  expired: EXPIRED_MS,
  settled: false,
};

/** An invoice to pay, until it is paid or has expired; moves on by itself. */
export function DepositView(props: { id: string; onAgain: () => void; onDone: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const query = useQuery(
    trpc.deposits.get.queryOptions(
      { id: props.id },
      { refetchInterval: ({ state }) => REFETCH_MS[state.data?.status ?? 'open'] },
    ),
  );
  const deposit = query.data;
  const status = deposit?.status;
  useEffect(() => {
    if (status === undefined || status === 'open') return;
    void queryClient.invalidateQueries(trpc.deposits.list.pathFilter());
    if (status === 'settled') void queryClient.invalidateQueries(trpc.ledger.pathFilter());
  }, [status, queryClient, trpc]);
  if (!deposit) {
    if (query.isError) return <QueryFailure query={query} />;
    return <Loading height={320} radius="lg" />;
  }
  return (
    <Stack gap="md">
      {/* Stays while its text changes, so that what changes is read out. */}
      <VisuallyHidden role="status">{wordsOf(deposit)}</VisuallyHidden>
      {deposit.status === 'open' && deposit.invoice ? (
        <OpenInvoice deposit={deposit} invoice={deposit.invoice} />
      ) : null}
      {deposit.status === 'settled' ? (
        <div className={classes.outcome} data-testid="deposit-outcome">
          <span className={classes.paid}>
            <Icon name="check" size={24} />
          </span>
          <Text fw={600} size="lg">
            {sats(deposit.received_sats ?? deposit.amount_sats)} came in
          </Text>
          <Text size="sm" c="dimmed">
            They can be spent now.
          </Text>
        </div>
      ) : null}
      {deposit.status === 'expired' ? (
        <div className={classes.outcome} data-testid="deposit-outcome">
          <Text fw={600} size="lg">
            The invoice has expired
          </Text>
          <Text size="sm" c="dimmed" ta="center">
            Nothing had come in. Do not pay it any more; what is already on its way is credited when
            it comes in.
          </Text>
        </div>
      ) : null}
      <Group justify="flex-end">
        {deposit.status === 'expired' ? (
          <Button onClick={props.onAgain}>Make a new invoice</Button>
        ) : null}
        <Button
          variant={deposit.status === 'settled' ? 'filled' : 'default'}
          onClick={props.onDone}
        >
          {deposit.status === 'settled' ? 'Done' : 'Close'}
        </Button>
      </Group>
    </Stack>
  );
}

function OpenInvoice({ deposit, invoice }: { deposit: Deposit; invoice: string }) {
  // In capitals it is of the letters that QR codes are dense in.
  const code = `LIGHTNING:${invoice.toUpperCase()}`;
  return (
    <>
      <Flex direction="column" align="center" gap={2}>
        <Text fw={600} size="lg">
          {sats(deposit.amount_sats)}
        </Text>
        <Text size="sm" c="dimmed">
          Waiting for the payment, <Countdown until={new Date(deposit.expires_at)} /> left
        </Text>
      </Flex>
      <Flex justify="center">
        <QRCodeSVG
          value={code}
          size={280}
          marginSize={3}
          title={`QR code of the Lightning invoice over ${sats(deposit.amount_sats)}`}
          className={classes.qr}
        />
      </Flex>
      <code className={classes.invoice} data-testid="invoice">
        {invoice}
      </code>
      <Group gap="sm" grow>
        <CopyText text={invoice} label="Copy invoice" />
        <Button component="a" href={`lightning:${invoice}`} variant="default">
          Open in a wallet
        </Button>
      </Group>
    </>
  );
}

function wordsOf(deposit: Deposit): string {
  if (deposit.status === 'open') return 'Waiting for the payment.';
  if (deposit.status === 'expired') return 'The invoice has expired. Nothing had come in.';
  return `${sats(deposit.received_sats ?? deposit.amount_sats)} came in.`;
}
