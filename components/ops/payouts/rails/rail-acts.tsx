'use client';

import { ActionIcon, Button, Group } from '@mantine/core';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Icon } from '@/components/ui/icons';
import { Menu, MenuItem } from '@/components/ui/menus/menu';
import type { RailLine } from '@/server/features/payouts/rails/schema';
import classes from './rails.module.css';

export interface RailActsProps {
  rail: RailLine;
  /** The order is being changed. */
  isBusy: boolean;
  /** Null where it cannot go further. */
  onUp: (() => void) | null;
  onDown: (() => void) | null;
  onEdit: () => void;
  onTest: () => void;
}

/** What can be done with a rail. */
export function RailActs({ rail, isBusy, onUp, onDown, onEdit, onTest }: RailActsProps) {
  const { name, enabled, source } = rail;
  const trpc = useTRPC();
  const refresh = [trpc.rails.pathFilter()];
  const check = useAct(trpc.rails.check, { refresh });
  const turn = useAct(trpc.rails.switch, {
    done: (now) => `${name} is ${now.enabled ? 'in use' : 'disabled'}.`,
    refresh,
  });
  const remove = useAct(trpc.rails.remove, { done: `${name} is removed.`, refresh });
  const { id, version } = rail;
  const isOwn = source === 'operator';
  return (
    <Group gap={6} wrap="nowrap" className={classes.acts}>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Check ${name}`}
        loading={check.isPending}
        onClick={() => check.mutate({ id })}
      >
        Check
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Pay one sat by ${name}`}
        onClick={onTest}
      >
        Pay 1 sat
      </Button>
      <Menu
        side="bottom-end"
        button={(opens) => (
          <ActionIcon {...opens} variant="default" size={26} aria-label={`More of ${name}`}>
            <Icon name="chevrons" size={12} />
          </ActionIcon>
        )}
      >
        <MenuItem onClick={onEdit}>Edit</MenuItem>
        <MenuItem disabled={!onUp || isBusy} onClick={() => onUp?.()}>
          Try earlier
        </MenuItem>
        <MenuItem disabled={!onDown || isBusy} onClick={() => onDown?.()}>
          Try later
        </MenuItem>
        {isOwn ? (
          <MenuItem onClick={() => turn.mutate({ id, version, enabled: !enabled })}>
            {enabled ? 'Disable' : 'Enable'}
          </MenuItem>
        ) : null}
        {isOwn && !rail.isUsed ? (
          <MenuItem isDanger onClick={() => remove.mutate({ id, version })}>
            Remove
          </MenuItem>
        ) : null}
      </Menu>
    </Group>
  );
}
