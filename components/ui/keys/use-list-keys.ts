'use client';

import type { RefObject } from 'react';
import { type Shortcut, useShortcuts } from './shortcuts';

/** The index after a move by one, within the list; `at` is -1 while no row has the focus. */
export function rowAfter(at: number, by: 1 | -1, count: number): number {
  return Math.min(Math.max(at + by, 0), count - 1);
}

/**
 * j and k move through a list. The focus itself is the position, so Enter opens a row as it does any
 * link.
 */
export function useListKeys(props: {
  list: RefObject<HTMLElement | null>;
  /** Selects the rows, or one link in each. */
  rows: string;
  /** The part of a row that takes the focus; the row itself by default. */
  target?: string;
  /** What a row is, in the singular. */
  noun: string;
  section: string;
  search?: RefObject<HTMLInputElement | null>;
  /** Rows can be selected; `idKey` is the data attribute that has a row's id. */
  selection?: { idKey: string; toggle: (id: string) => void; clear: () => void };
  /** Further keys of the list; `focused` returns the id of the row that has the focus. */
  more?: (focused: () => string | undefined) => readonly Omit<Shortcut, 'section'>[];
}): void {
  const { list, rows, target, noun, section, search, selection, more } = props;
  const place = () => {
    const all = [...(list.current?.querySelectorAll<HTMLElement>(rows) ?? [])];
    const active = document.activeElement;
    const within = active?.closest('tr');
    const at = all.findIndex((row) => row.contains(active) || within?.contains(row));
    return { all, at };
  };
  const focused = () => {
    const { all, at } = place();
    return selection ? all[at]?.dataset[selection.idKey] : undefined;
  };
  const select = () => {
    const id = focused();
    if (id) selection?.toggle(id);
  };
  const move = (by: 1 | -1) => {
    const { all, at } = place();
    const row = all[rowAfter(at, by, all.length)];
    const element = target ? row?.querySelector<HTMLElement>(target) : row;
    element?.focus();
    element?.scrollIntoView({ block: 'nearest' });
  };
  const before = `${noun.charAt(0).toUpperCase()}${noun.slice(1)} before`;
  const keys: Omit<Shortcut, 'section'>[] = [
    { keys: 'j', label: `Next ${noun}`, run: () => move(1) },
    { keys: 'k', label: before, run: () => move(-1) },
    ...(search ? [{ keys: '/', label: 'Search', run: () => search.current?.focus() }] : []),
    ...(selection ? [{ keys: 'x', label: 'Select', run: select }] : []),
    ...(more?.(focused) ?? []),
    ...(selection ? [{ keys: 'Escape', label: 'Clear the selection', run: selection.clear }] : []),
  ];
  useShortcuts(keys.map((key) => ({ ...key, section })));
}
