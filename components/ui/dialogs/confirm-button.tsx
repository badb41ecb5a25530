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
  /** The label of the button that confirms. */
  verb: string;
  /** The label of the button that leaves things as they are; defaults to “Cancel”. */
  dismiss?: string;
  busy: boolean;
  color?: string;
  button?: ButtonProps;
  /** False while a required value is missing. */
  isReady?: boolean;
  /** Resolves when done; the dialog closes either way. */
  onConfirm: () => Promise<unknown>;
}

/** A button for irreversible actions: explains what will happen and asks for confirmation. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const [asking, { open, close }] = useDisclosure(false);
  const confirm = async () => {
    // The caller reports failures.
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
