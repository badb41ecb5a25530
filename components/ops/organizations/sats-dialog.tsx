'use client';

import { Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { v4 as newKey } from 'uuid';
import { failureOf } from '@/components/trpc/failure';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { SatsInput } from '@/components/ui/inputs/sats-input';
import { sats } from '@/components/ui/values/humanise';
import { CREDIT_SATS_MAX } from '@/server/features/ledger/policy';

/**
 * Asks how many sats, and why. The idempotency key stays the same until the request succeeds, so neither a
 * double click nor a retry after a lost response moves sats twice.
 */
export function SatsDialog(props: {
  title: string;
  /** What the button does, such as `Credit`. */
  verb: string;
  children: ReactNode;
  first: number;
  max?: number;
  color?: string;
  opened: boolean;
  onClose: () => void;
  onSend: (send: { key: string; amountSats: number; reason: string }) => Promise<unknown>;
}) {
  const { title, verb, first, max = CREDIT_SATS_MAX, color, opened, onClose, onSend } = props;
  const [key, setKey] = useState(() => newKey());
  const [amount, setAmount] = useState<number | string>(first);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<{ param: string | null; message: string } | null>(null);
  const amountSats = Number(amount);
  const isAmount = Number.isInteger(amountSats) && amountSats >= 1 && amountSats <= max;
  const close = () => {
    // Opening the dialog again starts a new transfer.
    setKey(newKey());
    setFault(null);
    onClose();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || !isAmount || reason.trim().length < 5) return;
    setBusy(true);
    setFault(null);
    try {
      await onSend({ key, amountSats, reason: reason.trim() });
      setReason('');
      close();
    } catch (error) {
      setFault(failureOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog opened={opened} onClose={close} title={title}>
      <form noValidate onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          {props.children}
          <SatsInput
            label="Amount"
            description={`At most ${sats(max)}`}
            value={amount}
            onChange={setAmount}
            error={fault?.param === 'amountSats' ? fault.message : null}
            data-autofocus
          />
          <Textarea
            label="Why"
            description="The organization reads it in its statement, and it stands in the audit log."
            placeholder="Such as: invoice 2026-118 was paid"
            autosize
            minRows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {fault && fault.param !== 'amountSats' ? (
            <Text size="sm" role="alert" c="var(--urgent-text)">
              {fault.message}
            </Text>
          ) : null}
          <DialogActions
            onCancel={close}
            color={color}
            loading={busy}
            disabled={!isAmount || reason.trim().length < 5}
          >
            {isAmount ? `${verb} ${sats(amountSats)}` : verb}
          </DialogActions>
        </Stack>
      </form>
    </Dialog>
  );
}
