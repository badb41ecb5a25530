'use client';

import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Amount } from '@/components/ui/amount';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import { sats } from '@/components/ui/humanise';
import { tell, tellFailure } from '@/components/ui/notices';
import type { Earnings, PayoutSettings } from '@/server/features/payouts/schema';
import { DestinationForm } from './destination-form';

/** When payouts leave and where they go, and what is kept until it is withdrawn. */
export function HowYouArePaid({ earnings }: { earnings: Earnings }) {
  const trpc = useTRPC();
  const settings = useQuery(trpc.payouts.settings.queryOptions());
  if (settings.isError) {
    return <FailureNotice error={settings.error} onRetry={() => void settings.refetch()} />;
  }
  if (!settings.data) return null;
  return (
    <Card title="How you are paid">
      <Stack gap="lg">
        <Withdraw earnings={earnings} />
        <Timing settings={settings.data} />
        <Destination settings={settings.data} />
      </Stack>
    </Card>
  );
}

function Withdraw({ earnings }: { earnings: Earnings }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const amount = earnings.heldSats + earnings.failedSats;
  const withdraw = useMutation(
    trpc.payouts.withdraw.mutationOptions({
      onError: tellFailure,
      onSuccess: ({ amountSats }) =>
        tell(amountSats > 0 ? `${sats(amountSats)} are on the way.` : 'Nothing was left to send.'),
      onSettled: () => {
        void queryClient.invalidateQueries(trpc.ledger.pathFilter());
        return queryClient.invalidateQueries(trpc.payouts.pathFilter());
      },
    }),
  );
  if (amount === 0) return null;
  return (
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
      <Button loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
        {earnings.heldSats === 0 ? 'Send again' : 'Withdraw'}
      </Button>
    </Group>
  );
}

function Timing({ settings }: { settings: PayoutSettings }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const change = useMutation(
    trpc.payouts.setTiming.mutationOptions({
      onError: tellFailure,
      onSuccess: () => tell('Saved.'),
      onSettled: () => queryClient.invalidateQueries(trpc.payouts.pathFilter()),
    }),
  );
  return (
    <Radio.Group
      label="When"
      value={change.isPending ? change.variables.timing : settings.timing}
      onChange={(timing) => change.mutate({ timing: timing as PayoutSettings['timing'] })}
    >
      <Stack gap="xs" mt={6}>
        <Radio
          value="at_once"
          label="Pay each answer at once"
          description="It leaves as soon as the answer is accepted. What is kept now leaves as well."
        />
        <Radio
          value="on_withdrawal"
          label="Keep it until I withdraw"
          description="What you earn waits here, and leaves when you press Withdraw."
        />
      </Stack>
    </Radio.Group>
  );
}

function Destination({ settings }: { settings: PayoutSettings }) {
  return (
    <div>
      <DestinationForm destination={settings.destination} />
      {settings.rail === 'internal' ? (
        <Text size="sm" c="dimmed" mt={8}>
          This instance records each payout for its operator, who pays it out
          {settings.destination ? ' to this address' : ''}.
        </Text>
      ) : null}
    </div>
  );
}
