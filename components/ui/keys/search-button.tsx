'use client';

import { UnstyledButton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { openSpotlight, toggleSpotlight } from '@mantine/spotlight';
import { Icon } from '@/components/ui/icons';
import { useHydrated } from '@/components/ui/use-hydrated';
import { Keys } from './shortcuts';
import classes from './shortcuts.module.css';

/** Opens the command palette, and teaches its keys. */
export function SearchButton() {
  const hydrated = useHydrated();
  // Heard here rather than by the palette, which may still be on its way; out of fields as well.
  useHotkeys([['mod+K', toggleSpotlight]], [], true);
  return (
    <UnstyledButton className={classes.search} onClick={openSpotlight}>
      <Icon name="search" size={14} />
      <span className={classes.searchText}>Search</span>
      {/* Which keys they are depends on the machine, which the server cannot know. */}
      {hydrated ? <Keys keys="mod k" /> : null}
    </UnstyledButton>
  );
}
