'use client';

import { Button, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, type ReactNode, useState } from 'react';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { Dialog } from './dialog';

/** A button that asks for a reason before it acts. */
export function ReasonButton(props: {
  label: string;
  ariaLabel: string;
  question: string;
  verb: string;
  /** The consequences. */
  children: ReactNode;
  /** Who reads the reason. */
  readBy: string;
  color?: string;
  size?: 'compact-xs' | 'sm';
  busy: boolean;
  onConfirm: (reason: string) => Promise<unknown>;
}) {
  const { label, ariaLabel, question, verb, children, readBy, color, busy, onConfirm } = props;
  const { size = 'compact-xs' } = props;
  const [opened, { open, close }] = useDisclosure(false);
  const [reason, setReason] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    await onConfirm(reason.trim()).then(close, () => undefined);
  };
  return (
    <>
      <Button size={size} variant="default" aria-label={ariaLabel} onClick={open}>
        {label}
      </Button>
      <Dialog opened={opened} onClose={close} title={question}>
        <form noValidate onSubmit={(event) => void submit(event)}>
          {children}
          <Textarea
            mt="sm"
            label="Why"
            description={readBy}
            autosize
            minRows={2}
            maxLength={500}
            data-autofocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <DialogActions
            mt="md"
            onCancel={close}
            color={color}
            loading={busy}
            disabled={reason.trim().length < 5}
          >
            {verb}
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}
