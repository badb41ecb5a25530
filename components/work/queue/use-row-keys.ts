'use client';

import { type RefObject, useCallback } from 'react';

function rowsOf(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[data-queue-row]') ?? [])];
}

function focusedRow(list: HTMLElement | null): HTMLElement | null {
  const { activeElement } = document;
  if (!activeElement || !list?.contains(activeElement)) return null;
  return activeElement.closest<HTMLElement>('[data-queue-row]');
}

/** Moves the cursor through a list's rows, so that Enter and Tab go on from there as anywhere. */
export function useRowKeys(list: RefObject<HTMLElement | null>) {
  const move = useCallback(
    (by: 1 | -1) => {
      const rows = rowsOf(list.current);
      const at = rows.indexOf(focusedRow(list.current) as HTMLElement);
      const to = at === -1 ? (by === 1 ? 0 : rows.length - 1) : at + by;
      const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
      row?.querySelector<HTMLElement>('[data-preview]')?.focus();
      row?.scrollIntoView({ block: 'nearest' });
    },
    [list],
  );
  /** The row the cursor is in, by what its `data-queue-row` says. */
  const current = useCallback(() => focusedRow(list.current)?.dataset.queueRow ?? null, [list]);
  return { move, current };
}
