'use client';

import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { tell, tellFailure } from '@/components/ui/notices';
import { Amount } from '@/components/ui/values/amount';
import { sats } from '@/components/ui/values/humanise';
import { Until } from '@/components/ui/values/now';
import type { Earnings, PayoutSettings } from '@/server/features/payouts/schema';
import { DestinationForm } from './destination-form';
import { PayoutTiming } from './payout-timing';

/** When payouts leave and where they go, and what is kept until it is withdrawn. */
export function HowYouArePaid({ earnings }: { earnings: Earnings }) {
  const trpc = useTRPC();
  const settings = useQuery(trpc.payouts.settings.queryOptions());
  if (settings.isError) return <QueryFailure query={settings} />;
  if (!settings.data) return null;
  const { heldUntil } = settings.data;
  return (
    <Card title="How you are paid">
      <Stack gap="lg">
        {heldUntil ? (
          <Alert color="orange" title="Nothing is sent yet">
            What you earn is kept for you and leaves <Until at={heldUntil} />. It waits after a
            change of your address, so that you can undo what was not you, and in the first days
            here.
          </Alert>
        ) : null}
        <Withdraw earnings={earnings} settings={settings.data} />
        <PayoutTiming settings={settings.data} />
        <Destination settings={settings.data} />
      </Stack>
    </Card>
  );
}

function Withdraw({ earnings, settings }: { earnings: Earnings; settings: PayoutSettings }) {
  const [isToInvoice, setToInvoice] = useState(false);
  const withdraw = useWithdrawal(() => setToInvoice(false));
  const amount = earnings.heldSats + earnings.failedSats;
  if (amount === 0) return null;
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="md">
        <div>
          <Text fw={600} className="tabular">
            <Amount sats={amount} />
          </Text>
          <Text size="sm" c="dimmed">
            {earnings.failedSats === 0
              ? 'Kept for you.'
              : earnings.heldSats === 0
                ? 'Could not be sent. Check the address below, then try again.'
                : `${sats(earnings.heldSats)} kept for you, ${sats(earnings.failedSats)} that could not be sent.`}
          </Text>
        </div>
        {settings.heldUntil ? null : (
          <Group gap="sm">
            {settings.takesInvoice && !isToInvoice ? (
              <Button variant="subtle" onClick={() => setToInvoice(true)}>
                To an invoice
              </Button>
            ) : null}
            <Button
              loading={withdraw.isPending && !isToInvoice}
              disabled={withdraw.isPending}
              onClick={() => withdraw.mutate({}, { onError: tellFailure })}
            >
              {earnings.heldSats === 0 ? 'Send again' : 'Withdraw'}
            </Button>
          </Group>
        )}
      </Group>
      {isToInvoice ? (
        <ToInvoice amount={amount} withdraw={withdraw} onCancel={() => setToInvoice(false)} />
      ) : null}
    </Stack>
  );
}

function useWithdrawal(onDone: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.payouts.withdraw.mutationOptions({
      onSuccess: ({ amountSats }) => {
        tell(amountSats > 0 ? `${sats(amountSats)} are on the way.` : 'Nothing was left to send.');
        onDone();
      },
      onSettled: async () => {
        for (const filter of [trpc.ledger.pathFilter(), trpc.payouts.pathFilter()]) {
          // A first read that is under way would be waited for, and say what was before.
          await queryClient.cancelQueries(filter);
          await queryClient.invalidateQueries(filter);
        }
      },
    }),
  );
}

/** All that is kept, to an invoice that the worker's wallet has made over exactly that much. */
function ToInvoice(props: {
  amount: number;
  withdraw: ReturnType<typeof useWithdrawal>;
  onCancel: () => void;
}) {
  const { amount, withdraw, onCancel } = props;
  const [invoice, setInvoice] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    withdraw.mutate({ invoice });
  };
  return (
    <form method="post" noValidate onSubmit={submit}>
      <TextInput
        label="Lightning invoice"
        description={`Make one over ${sats(amount)} in your wallet, and paste it here.`}
        name="invoice"
        placeholder="lnbc…"
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        value={invoice}
        onChange={(event) => setInvoice(event.currentTarget.value)}
        error={withdraw.isError ? failureOf(withdraw.error).message : null}
      />
      <Group gap="sm" mt="sm">
        <Button type="submit" loading={withdraw.isPending} disabled={invoice.trim() === ''}>
          Send {sats(amount)}
        </Button>
        <Button variant="subtle" color="gray" disabled={withdraw.isPending} onClick={onCancel}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}

function Destination({ settings }: { settings: PayoutSettings }) {
  return (
    <div>
      <DestinationForm settings={settings} />
      {settings.rail === 'internal' ? (
        <Text size="sm" c="dimmed" mt={8}>
          This instance records each payout for its operator, who pays it out
          {settings.destination ? ' to this address' : ''}.
        </Text>
      ) : settings.minSats > 1 ? (
        <Text size="sm" c="dimmed" mt={8}>
          Your wallet takes {sats(settings.minSats)} at the least, so smaller payouts wait for
          others.
        </Text>
      ) : null}
    </div>
  );
}
