'use client';

import { Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { v4 as newKey } from 'uuid';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { SatsInput } from '@/components/ui/inputs/sats-input';
import { useCheckedForm } from '@/components/ui/inputs/use-checked-form';
import { DepositView } from './deposit-view';

const FIRST_SATS = 50_000;

/** The id of the deposit on show; `new` while asking for an amount, null if none is shown. */
export type ShownDeposit = string | 'new' | null;

/** Asks how many sats to pay in, then shows the invoice and its status. */
export function AddFundsDialog({
  shown,
  onShow,
}: {
  shown: ShownDeposit;
  onShow: (shown: ShownDeposit) => void;
}) {
  return (
    <Dialog opened={shown !== null} onClose={() => onShow(null)} title="Add funds">
      {shown === 'new' ? <AmountForm onMade={onShow} onCancel={() => onShow(null)} /> : null}
      {shown !== 'new' && shown !== null ? (
        <DepositView
          key={shown}
          id={shown}
          onAgain={() => onShow('new')}
          onDone={() => onShow(null)}
        />
      ) : null}
    </Dialog>
  );
}

function AmountForm(props: { onMade: (id: string) => void; onCancel: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  // Kept until the deposit exists, so that a retry after a lost response does not create a second one.
  const [key] = useState(() => newKey());
  const create = useMutation(
    trpc.deposits.create.mutationOptions({
      onSuccess: (deposit) => {
        queryClient.setQueryData(trpc.deposits.get.queryKey({ id: deposit.id }), deposit);
        void queryClient.invalidateQueries(trpc.deposits.list.pathFilter());
        props.onMade(deposit.id);
      },
    }),
  );
  const checked = useCheckedForm({
    schema: async () => (await import('@/server/features/deposits/schema')).AddFunds,
    initial: {
      amountSats: FIRST_SATS as number | string,
    },
    values: ({ amountSats }) => ({ key, amountSats }),
    send: (draft) => create.mutateAsync(draft),
  });
  return (
    <form {...checked.form}>
      <Stack gap="md">
        <FormFault>{checked.general}</FormFault>
        <SatsInput
          label="Amount"
          description="At most 10,000,000 sats at a time."
          {...checked.bind('amountSats')}
          data-autofocus
        />
        <Text size="sm" c="dimmed">
          You get a Lightning invoice to pay from any wallet. What comes in can be spent at once.
        </Text>
        <DialogActions onCancel={props.onCancel} {...checked.button}>
          Show the invoice
        </DialogActions>
      </Stack>
    </form>
  );
}
