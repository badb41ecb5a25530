'use client';

import { UnstyledButton } from '@mantine/core';
import { openSpotlight, toggleSpotlight } from '@mantine/spotlight';
import { Icon } from '@/components/ui/icons';
import { useHydrated } from '@/components/ui/use-hydrated';
import { Keys, useShortcuts } from './shortcuts';
import classes from './shortcuts.module.css';

/** Opens the command palette, and teaches its keys. */
export function SearchButton() {
  const hydrated = useHydrated();
  // Registered here because the palette may still be loading.
  useShortcuts([
    { keys: 'mod k', label: 'Search and commands', section: 'Everywhere', run: toggleSpotlight },
  ]);
  return (
    <UnstyledButton className={classes.search} onClick={openSpotlight}>
      <Icon name="search" size={14} />
      <span className={classes.searchText}>Search</span>
      {/* Which keys they are depends on the machine, which the server cannot know. */}
      {hydrated ? <Keys keys="mod k" /> : null}
    </UnstyledButton>
  );
}
