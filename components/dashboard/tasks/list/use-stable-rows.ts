'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import type { FoundTasks, TaskRow } from '@/server/features/tasks/find-tasks';

/** Below this the list's top is in sight, and a new row moves nothing somebody reads. */
const TOP_PX = 160;

interface StableRows {
  rows: TaskRow[];
  /** Tasks that fit and are not shown yet, so that nothing moves under the reader's hand. */
  waiting: number;
  /** Shows the list as it is now. */
  showAll: () => void;
  /** To be put around the list and what shows all: a hand or the focus on it holds its rows still. */
  holders: {
    onPointerEnter: (event: React.PointerEvent) => void;
    onPointerLeave: () => void;
    onFocus: () => void;
    onBlur: () => void;
  };
}

/**
 * Rows that keep their place while others change them. What is shown follows each task's state;
 * which tasks are shown follows at once where nobody would notice, else when asked to.
 * @param page the list as the server has it now; undefined while it is read.
 * @param address which page of which filter; another one is shown at once.
 */
export function useStableRows(
  page: FoundTasks | undefined,
  address: string,
  isSelecting: boolean,
): StableRows {
  const trpc = useTRPC();
  const [shown, setShown] = useState({ address, rows: page?.data ?? null });
  const held = useRef({ pointer: false, focus: false });

  const adopt = useCallback(() => {
    if (page) setShown({ address, rows: page.data });
  }, [page, address]);

  useEffect(() => {
    if (!page) return;
    const { pointer, focus } = held.current;
    const unseen = !pointer && !focus && !isSelecting && window.scrollY < TOP_PX;
    setShown((before) =>
      before.address !== address || before.rows === null || unseen || isSame(before.rows, page.data)
        ? { address, rows: page.data }
        : before,
    );
  }, [page, address, isSelecting]);

  const stale = shown.address !== address;
  const rows = (stale ? page?.data : (shown.rows ?? page?.data)) ?? [];
  const now = new Map(page?.data.map((row) => [row.id, row]));
  const gone = rows.filter((row) => !now.has(row.id)).map((row) => row.id);
  const others = useQuery(
    trpc.tasks.rows.queryOptions({ ids: gone }, { enabled: gone.length > 0 }),
  );
  for (const row of others.data ?? []) if (!now.has(row.id)) now.set(row.id, row);
  const shownIds = new Set(rows.map((row) => row.id));

  const release = (what: 'pointer' | 'focus') => {
    held.current[what] = false;
    const { pointer, focus } = held.current;
    if (!pointer && !focus && !isSelecting && window.scrollY < TOP_PX) adopt();
  };
  return {
    rows: rows.map((row) => now.get(row.id) ?? row),
    waiting: page?.data.filter((row) => !shownIds.has(row.id)).length ?? 0,
    showAll: () => {
      // The button that asks for it goes away with the focus, and nothing tells of that.
      held.current.focus = false;
      adopt();
    },
    holders: {
      onPointerEnter: (event) => {
        if (event.pointerType === 'mouse') held.current.pointer = true;
      },
      onPointerLeave: () => release('pointer'),
      onFocus: () => {
        held.current.focus = true;
      },
      onBlur: () => release('focus'),
    },
  };
}

function isSame(one: readonly TaskRow[], other: readonly TaskRow[]): boolean {
  return one.length === other.length && one.every((row, at) => row.id === other[at]?.id);
}
