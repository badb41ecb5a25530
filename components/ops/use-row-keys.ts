'use client';

import type { RefObject } from 'react';
import { useShortcuts } from '@/components/ui/keys/shortcuts';

/**
 * j and k in a list whose rows each have a link marked `data-row`. The focus itself is the place in the
 * list, so Enter opens a row as it does any link.
 */
export function useRowKeys(props: {
  list: RefObject<HTMLElement | null>;
  /** What a row is, in the singular. */
  noun: string;
  section: string;
}): void {
  const { list, noun, section } = props;
  const move = (by: 1 | -1) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    const link = links[Math.min(Math.max(at + by, 0), links.length - 1)];
    link?.focus();
    link?.scrollIntoView({ block: 'nearest' });
  };
  useShortcuts([
    { keys: 'j', label: `Next ${noun}`, section, run: () => move(1) },
    {
      keys: 'k',
      label: `${noun.charAt(0).toUpperCase()}${noun.slice(1)} before`,
      section,
      run: () => move(-1),
    },
  ]);
}
