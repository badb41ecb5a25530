'use client';

import { Button, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { ReasonButton } from '@/components/ui/dialogs/reason-button';
import { tell, tellFailure } from '@/components/ui/notices';
import { sats } from '@/components/ui/values/humanise';
import type { PayoutAct, PayoutDetail } from '@/server/features/payouts/schema';
import { EnterOutcomeButton } from './enter-outcome-button';
import { DONE } from './words';

/** What an operator can do with a payout as it stands; each is written to the audit log. */
export function PayoutActs({ payout }: { payout: PayoutDetail }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { id, acts } = payout;
  const when = (act: PayoutAct) => ({
    onSuccess: (next: PayoutDetail) => {
      queryClient.setQueryData(trpc.payouts.get.queryKey({ id }), next);
      tell(DONE[act]);
      return queryClient.invalidateQueries(trpc.payouts.find.pathFilter());
    },
    onError: (error: unknown) => {
      tellFailure(error);
      return queryClient.invalidateQueries(trpc.payouts.pathFilter());
    },
  });
  const lookUp = useMutation(trpc.payouts.lookUp.mutationOptions(when('look_up')));
  const enter = useMutation(trpc.payouts.enterOutcome.mutationOptions(when('enter_outcome')));
  const holdBack = useMutation(trpc.payouts.holdBack.mutationOptions(when('hold_back')));
  const release = useMutation(trpc.payouts.release.mutationOptions(when('release')));
  const retry = useMutation(trpc.payouts.retry.mutationOptions(when('retry')));
  return (
    <>
      {acts.includes('look_up') ? (
        <Button loading={lookUp.isPending} onClick={() => lookUp.mutate({ id })}>
          Look up now
        </Button>
      ) : null}
      {acts.includes('enter_outcome') ? (
        <EnterOutcomeButton
          id={id}
          busy={enter.isPending}
          onConfirm={(outcome) => enter.mutateAsync(outcome)}
        />
      ) : null}
      {acts.includes('hold_back') ? (
        <ReasonButton
          label="Hold back"
          ariaLabel="Hold this payout back"
          question="Hold this payout back?"
          verb="Hold back"
          readBy="Its worker reads it."
          busy={holdBack.isPending}
          onConfirm={(reason) => holdBack.mutateAsync({ id, reason })}
        >
          <Text size="sm">
            {sats(payout.amountSats)} stay owed to {payout.worker}, and are not sent until an
            operator releases them.
            {payout.taskId === null ? '' : ' The customer’s task counts as completed.'}
          </Text>
        </ReasonButton>
      ) : null}
      {acts.includes('release') ? (
        <Button loading={release.isPending} onClick={() => release.mutate({ id })}>
          Release
        </Button>
      ) : null}
      {acts.includes('retry') ? (
        <Button loading={retry.isPending} onClick={() => retry.mutate({ id })}>
          Retry
        </Button>
      ) : null}
    </>
  );
}
