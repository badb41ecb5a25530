'use client';

import { Button, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { v4 as newKey } from 'uuid';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { SatsInput } from '@/components/ui/inputs/sats-input';
import { Select } from '@/components/ui/inputs/select';
import { useContract } from '@/components/ui/inputs/use-contract';
import { tell } from '@/components/ui/notices';
import { sats } from '@/components/ui/values/humanise';
import type { AdjustedKind } from '@/server/features/adjustments/schema';

const fetchContract = () =>
  import('@/server/features/adjustments/schema').then((contracts) => contracts.AdjustAccount);

const KINDS: { value: AdjustedKind; label: string }[] = [
  { value: 'organization_available', label: 'An organization’s, available' },
  { value: 'worker_payable', label: 'A worker’s, payable' },
];

interface Asked {
  mode: 'live' | 'test';
  /** What the form begins with. */
  proposed: { owner?: string | undefined; accountKind?: AdjustedKind | undefined };
}

/** Adds sats to an account of the mode on show, or takes them from it. */
export function AdjustButton(asked: Asked) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button onClick={open}>Adjust an account…</Button>
      <Dialog opened={opened} onClose={close} title="Adjust an account">
        <AdjustForm {...asked} onClose={close} />
      </Dialog>
    </>
  );
}

function AdjustForm({ mode, proposed, onClose }: Asked & { onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const contract = useContract(fetchContract);
  // The same until it has succeeded: neither a double click nor a second try moves sats twice.
  const [key] = useState(() => newKey());
  const [accountKind, setKind] = useState<AdjustedKind>(
    proposed.accountKind ?? 'organization_available',
  );
  const [owner, setOwner] = useState(proposed.owner ?? '');
  const [amount, setAmount] = useState<number | string>('');
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<{ field: string; message: string } | null>(null);
  const adjust = useMutation(
    trpc.adjustments.adjust.mutationOptions({
      onError: (error) => {
        const { param, message } = failureOf(error);
        setFault({ field: param ?? '', message });
      },
      onSuccess: ({ ownerName, balanceSats }) => {
        tell(`${ownerName} has ${sats(balanceSats)}.`);
        onClose();
      },
      onSettled: () => queryClient.invalidateQueries(trpc.adjustments.pathFilter()),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The dialog may still be closing.
    if (!contract || adjust.isPending || adjust.isSuccess) return;
    const draft = contract.safeParse({
      ...{ key, mode, accountKind, reason },
      ...{ owner: owner.trim(), amountSats: amount === '' ? undefined : amount },
    });
    if (!draft.success) {
      const [issue] = draft.error.issues;
      return setFault({
        field: String(issue?.path[0] ?? ''),
        message: issue?.message ?? 'Not valid.',
      });
    }
    setFault(null);
    adjust.mutate(draft.data);
  };
  const faultOf = (field: string) => (fault?.field === field ? fault.message : null);
  const isShown = fault && !['owner', 'amountSats', 'reason'].includes(fault.field);
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">
          The platform’s fees are the other side. What a worker is given is paid out like an answer.
          Taken is only what an organization can spend, and of a worker’s what operators gave and is
          not sent yet.
        </Text>
        <Select
          label="Which account"
          data={KINDS}
          value={accountKind}
          onChange={(value) => value && setKind(value as AdjustedKind)}
        />
        <TextInput
          label={accountKind === 'worker_payable' ? 'Worker’s id' : 'Organization’s id'}
          value={owner}
          onChange={(event) => setOwner(event.currentTarget.value)}
          error={faultOf('owner')}
          data-autofocus
        />
        <SatsInput
          allowNegative
          label="Amount"
          description="Above zero to add, below zero to take."
          value={amount}
          onChange={setAmount}
          error={faultOf('amountSats')}
        />
        <Textarea
          label="Why"
          description="Whose account it is reads it in the statement, and it stands in the audit log."
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={faultOf('reason')}
        />
        {isShown ? (
          <Text size="sm" role="alert" c="var(--urgent-text)">
            {fault.message}
          </Text>
        ) : null}
        <DialogActions onCancel={onClose} loading={adjust.isPending} disabled={!contract}>
          Adjust
        </DialogActions>
      </Stack>
    </form>
  );
}
