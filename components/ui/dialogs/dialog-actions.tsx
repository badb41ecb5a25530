import { Button, type ButtonProps, Group } from '@mantine/core';
import type { ReactNode } from 'react';

interface DialogActionsProps extends Omit<ButtonProps, 'mt'> {
  onCancel: () => void;
  /** The label of the button that leaves things as they are. */
  cancel?: ReactNode;
  /** What the other button does; without it, that button submits the form. */
  onClick?: (() => void) | undefined;
  /** The form to submit, when the buttons are outside it. */
  form?: string;
  mt?: string;
  gap?: string;
}

/** The two buttons at the end of a dialog or form: one leaves things as they are, one acts. */
export function DialogActions(props: DialogActionsProps) {
  const { onCancel, cancel = 'Cancel', onClick, mt, gap = 'md', ...button } = props;
  return (
    <Group justify="flex-end" mt={mt} gap={gap}>
      <Button variant="default" onClick={onCancel}>
        {cancel}
      </Button>
      <Button {...button} type={onClick ? 'button' : 'submit'} onClick={onClick} />
    </Group>
  );
}
