'use client';

import { Kbd } from '@mantine/core';
import { type CommandName, keyLabel } from './commands';
import { useKeys } from './keys-context';

/** The key of a command as it is bound now, for buttons to show. */
export function CommandKey({ name }: { name: CommandName }) {
  const { bindings, isMac, singleKeys } = useKeys();
  if (!singleKeys && !bindings[name].startsWith('Mod+')) return null;
  return (
    <Kbd size="xs" aria-hidden="true" visibleFrom="sm">
      {keyLabel(bindings[name], isMac)}
    </Kbd>
  );
}
