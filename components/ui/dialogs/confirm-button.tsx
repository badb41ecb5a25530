'use client';

import { Button, type ButtonProps, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { Dialog } from './dialog';

interface ConfirmButtonProps {
  label: string;
  /** Names the button where its label alone does not say what it acts on. */
  ariaLabel?: string;
  question: string;
  /** What will happen, in a sentence or two. */
  children: ReactNode;
  /** The word that does it; the other one keeps things as they are. */
  verb: string;
  /** The word that keeps things as they are; “Cancel” unless told. */
  dismiss?: string;
  busy: boolean;
  color?: string;
  button?: ButtonProps;
  /** False while something asked for is missing. */
  isReady?: boolean;
  /** Resolves when it is done; the question closes either way. */
  onConfirm: () => Promise<unknown>;
}

/** A button for what cannot be taken back: it says what will happen, and asks once. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const [asking, { open, close }] = useDisclosure(false);
  const confirm = async () => {
    // The caller tells of a failure; the question has been answered.
    await props.onConfirm().catch(() => undefined);
    close();
  };
  return (
    <>
      <Button
        variant="default"
        size="xs"
        {...props.button}
        onClick={open}
        aria-label={props.ariaLabel}
      >
        {props.label}
      </Button>
      <Dialog opened={asking} onClose={close} title={props.question}>
        <Text size="sm" component="div">
          {props.children}
        </Text>
        <DialogActions
          mt="lg"
          onCancel={close}
          cancel={props.dismiss ?? 'Cancel'}
          color={props.color ?? 'red'}
          loading={props.busy}
          disabled={props.isReady === false}
          onClick={() => void confirm()}
        >
          {props.verb}
        </DialogActions>
      </Dialog>
    </>
  );
}
