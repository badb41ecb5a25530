'use client';

import { useCallback, useMemo, useState } from 'react';
import type { Selection } from './task-table';

/**
 * Which tasks are selected. Pages of one filter share the selection; another filter begins with none.
 * @param filter names the filter.
 */
export function useSelection(filter: string): {
  selection: Selection;
  ids: string[];
  clear: () => void;
} {
  const [chosen, setChosen] = useState({ filter, ids: new Set<string>() });
  const ids = useMemo(
    () => (chosen.filter === filter ? chosen.ids : new Set<string>()),
    [chosen, filter],
  );
  const update = useCallback(
    (change: (before: Set<string>) => Set<string>) =>
      setChosen((before) => ({
        filter,
        ids: change(before.filter === filter ? before.ids : new Set()),
      })),
    [filter],
  );
  const toggle = useCallback(
    (id: string) =>
      update((before) => {
        const after = new Set(before);
        if (!after.delete(id)) after.add(id);
        return after;
      }),
    [update],
  );
  const toggleAll = useCallback(
    (some: string[]) =>
      update((before) =>
        some.every((id) => before.has(id))
          ? new Set([...before].filter((id) => !some.includes(id)))
          : new Set([...before, ...some]),
      ),
    [update],
  );
  const clear = useCallback(() => update(() => new Set()), [update]);
  return { selection: { ids, toggle, toggleAll }, ids: [...ids], clear };
}
