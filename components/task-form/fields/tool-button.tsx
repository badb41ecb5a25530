'use client';

import { ActionIcon } from '@mantine/core';
import { Icon, type IconName } from '@/components/ui/icons';

/** A small button that moves or removes an entry. */
export function ToolButton(props: {
  label: string;
  icon: IconName;
  isOff?: boolean;
  onPress: () => void;
}) {
  return (
    <ActionIcon
      type="button"
      variant="subtle"
      color="gray"
      size="md"
      aria-label={props.label}
      title={props.label}
      // Removing or disabling the focused button would lose the focus, so it only stops working.
      aria-disabled={props.isOff || undefined}
      data-disabled={props.isOff || undefined}
      onClick={() => (props.isOff ? undefined : props.onPress())}
    >
      <Icon name={props.icon} size={14} />
    </ActionIcon>
  );
}
