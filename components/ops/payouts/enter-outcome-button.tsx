'use client';

import { Button, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { useContract } from '@/components/ui/inputs/use-contract';
import type { EnterOutcome } from '@/server/features/payouts/schema';

const fetchContract = () =>
  import('@/server/features/payouts/schema').then((contracts) => contracts.EnterOutcome);

/** Asks what became of a try that its rail has no way to say. */
export function EnterOutcomeButton(props: {
  id: string;
  busy: boolean;
  onConfirm: (outcome: EnterOutcome) => Promise<unknown>;
}) {
  const { id, busy, onConfirm } = props;
  const [opened, { open, close }] = useDisclosure(false);
  const [outcome, setOutcome] = useState('paid');
  const [payment, setPayment] = useState('');
  const [reason, setReason] = useState('');
  const named = outcome === 'paid' ? { payment } : {};
  const draft = useContract(fetchContract)?.safeParse({ id, outcome, reason, ...named });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft?.success) void onConfirm(draft.data).then(close, () => undefined);
  };
  return (
    <>
      <Button variant="default" onClick={open}>
        Enter outcome
      </Button>
      <Dialog opened={opened} onClose={close} title="What became of it?">
        <form noValidate onSubmit={submit}>
          <Stack gap="md">
            <Text size="sm">
              The rail’s answer was lost, and it cannot be asked by anything else. Look the payment
              up in the account.
            </Text>
            <Radio.Group label="In the account" value={outcome} onChange={setOutcome}>
              <Stack gap={8} mt={6}>
                <Radio value="paid" label="It was paid" />
                <Radio value="not_paid" label="There is no such payment" />
              </Stack>
            </Radio.Group>
            {outcome === 'paid' ? (
              <TextInput
                label="Id of the payment"
                description="The rail is asked about it before anything is recorded."
                value={payment}
                onChange={(event) => setPayment(event.currentTarget.value)}
              />
            ) : (
              <Text size="sm">It is sent again, so that a mistake pays the worker twice.</Text>
            )}
            <Textarea
              label="How you know"
              description="It stands in the audit log."
              autosize
              minRows={2}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <DialogActions
              onCancel={close}
              loading={busy}
              disabled={!draft?.success}
              color={outcome === 'paid' ? undefined : 'red'}
            >
              Record
            </DialogActions>
          </Stack>
        </form>
      </Dialog>
    </>
  );
}
