'use client';

import { Anchor, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { ReasonButton } from '@/components/ui/dialogs/reason-button';
import { tell, tellFailure } from '@/components/ui/notices';
import { PromptLink } from '@/components/ui/prompt-link';
import { sats } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import type { DifferenceLine } from '@/server/features/reconciliation/schema';
import shared from '../../ops.module.css';
import classes from './rails.module.css';

const TITLES: Record<DifferenceLine['kind'], string> = {
  not_paid: 'Recorded as paid, and not paid',
  paid: 'Recorded as failed, and paid',
  under_way: 'Recorded as failed, and still under way',
  fee: 'Another fee',
  preimage: 'A proof that is none',
  deposit_open: 'Credited, and not come in',
  deposit_amount: 'Another amount came in',
  deposit_late: 'Came in after its invoice had expired',
  balance: 'Another balance than the ledger has',
};
const NOUNS = {
  attempt: 'the payout',
  direct_payment: 'the test payment or refund',
  deposit: 'the deposit',
};

/** Something that a rail says otherwise than it is recorded, with what each says. */
export function DifferenceRow({ difference }: { difference: DifferenceLine }) {
  const { rail, kind, of, href, expected, found, firstSeenAt, resolvedAt, reason } = difference;
  return (
    <li className={`${shared.line} ${classes.difference}`}>
      <div className={shared.lineMain}>
        <Text size="sm" fw={500}>
          {TITLES[kind]}
        </Text>
        <Text size="sm">Here: {expected}</Text>
        <Text size="sm">
          {rail}: {found}
        </Text>
        <Text size="sm" c="dimmed">
          {resolvedAt ? (
            <>
              {difference.resolvedBy === 'system' ? 'Settled by itself' : 'Settled'}{' '}
              <Age at={resolvedAt} />: {reason}
            </>
          ) : (
            <>
              Seen first <Age at={firstSeenAt} />
            </>
          )}
          {href && of ? (
            <>
              {' · '}
              <Anchor component={PromptLink} href={href} size="sm" underline="always">
                See {NOUNS[of.what]}
              </Anchor>
            </>
          ) : null}
        </Text>
      </div>
      {resolvedAt ? null : <Settle difference={difference} />}
    </li>
  );
}

function Settle({ difference }: { difference: DifferenceLine }) {
  const { id, lastSeenAt, kind, rail } = difference;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const resolve = useMutation(
    trpc.reconciliation.resolve.mutationOptions({
      onSuccess: (view) => {
        queryClient.setQueryData(trpc.reconciliation.get.queryKey(), view);
        tell('It is settled.');
      },
      onError: (error) => {
        tellFailure(error);
        return queryClient.invalidateQueries(trpc.reconciliation.pathFilter());
      },
    }),
  );
  return (
    <ReasonButton
      label="Settle"
      ariaLabel={`Settle: ${TITLES[kind]}, ${rail}`}
      question="Settle this difference?"
      verb="Settle"
      readBy="It stands in the audit log."
      busy={resolve.isPending}
      onConfirm={(reason) => resolve.mutateAsync({ id, lastSeenAt, reason })}
    >
      <Text size="sm">{consequenceOf(difference)}</Text>
    </ReasonButton>
  );
}

function consequenceOf({ kind, sats: by, rail }: DifferenceLine): string {
  if (kind !== 'balance') {
    return 'Nothing is paid or booked by it. It is told of again only where the rail says something else.';
  }
  return `${sats(Math.abs(by ?? 0))} at ${rail} count as explained from now on, such as sats that you have moved there. Nothing is booked by it.`;
}
