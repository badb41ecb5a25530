'use client';

import type { RefObject } from 'react';
import { useShortcuts } from '@/components/ui/keys/shortcuts';

interface ListKeys {
  list: RefObject<HTMLElement | null>;
  search: RefObject<HTMLInputElement | null>;
  /** Selects a task, or no longer; null where nothing can be selected. */
  toggle: ((id: string) => void) | null;
  clearSelection: () => void;
}

const SECTION = 'Tasks';

/**
 * The list by keyboard. The focus itself is the place in the list, so Enter opens a task as it does
 * any link.
 */
export function useListKeys({ list, search, toggle, clearSelection }: ListKeys): void {
  const move = (by: 1 | -1) => {
    const { links, at } = placeIn(list.current);
    const link = links[Math.min(Math.max(at + by, 0), links.length - 1)];
    link?.focus();
    link?.scrollIntoView({ block: 'nearest' });
  };
  const selectFocused = () => {
    const { links, at } = placeIn(list.current);
    const id = links[at]?.dataset.task;
    if (id) toggle?.(id);
  };
  useShortcuts([
    { keys: 'j', label: 'Next task', section: SECTION, run: () => move(1) },
    { keys: 'k', label: 'Task before', section: SECTION, run: () => move(-1) },
    { keys: '/', label: 'Search', section: SECTION, run: () => search.current?.focus() },
    ...(toggle
      ? [
          { keys: 'x', label: 'Select', section: SECTION, run: selectFocused },
          { keys: 'Escape', label: 'Clear the selection', section: SECTION, run: clearSelection },
        ]
      : []),
  ]);
}

/** The list's tasks, and which of them has the focus. */
function placeIn(list: HTMLElement | null) {
  const links = [...(list?.querySelectorAll<HTMLElement>('[data-task]') ?? [])];
  const row = document.activeElement?.closest('tr');
  return { links, at: links.findIndex((link) => row?.contains(link)) };
}
