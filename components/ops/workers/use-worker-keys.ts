'use client';

import type { RefObject } from 'react';
import { useShortcuts } from '@/components/ui/keys/shortcuts';

const SECTION = 'Workers';

/** The list by keyboard. The focus itself is the place in it, so that Enter opens a worker. */
export function useWorkerKeys(keys: {
  list: RefObject<HTMLElement | null>;
  search: RefObject<HTMLInputElement | null>;
  toggle: (id: string) => void;
  /** Decides on those who are selected, else on the one that has the focus. */
  decide: (approved: boolean, focused: string | undefined) => void;
  clear: () => void;
}): void {
  const { list, search, toggle, decide, clear } = keys;
  const rows = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-worker]') ?? [])];
  const at = () => rows().findIndex((row) => row.contains(document.activeElement));
  const focused = () => rows()[at()]?.dataset.worker;
  const move = (by: 1 | -1) => {
    const all = rows();
    const row = all[Math.min(Math.max(at() + by, 0), all.length - 1)];
    const summary = row?.querySelector('summary');
    summary?.focus();
    summary?.scrollIntoView({ block: 'nearest' });
  };
  useShortcuts([
    { keys: 'j', label: 'Next worker', section: SECTION, run: () => move(1) },
    { keys: 'k', label: 'Worker before', section: SECTION, run: () => move(-1) },
    { keys: '/', label: 'Search', section: SECTION, run: () => search.current?.focus() },
    {
      keys: 'x',
      label: 'Select',
      section: SECTION,
      run: () => {
        const id = focused();
        if (id) toggle(id);
      },
    },
    { keys: 'a', label: 'Approve', section: SECTION, run: () => decide(true, focused()) },
    { keys: 'r', label: 'Reject', section: SECTION, run: () => decide(false, focused()) },
    { keys: 'Escape', label: 'Clear the selection', section: SECTION, run: clear },
  ]);
}
