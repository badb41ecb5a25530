'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTRPC, useTRPCClient } from '@/components/trpc/trpc-provider';
import { type LocalDraft, readLocalDraft, writeLocalDraft } from './draft-storage';
import { showReplaced } from './replaced-notice';
import { useOtherTabs } from './use-other-tabs';

/** Typing rests this long before the draft goes to the server. */
const REST_MS = 700;
/** After a failed save the server is tried again. */
const RETRY_MS = 5_000;

/**
 * `browser`: the server cannot be reached; the draft is kept in this browser until it can.
 * `elsewhere`: another tab or device wrote last.
 */
export type DraftState = 'none' | 'saving' | 'saved' | 'browser' | 'elsewhere';

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * What the worker writes, kept on the server so that it outlives a reload, signing out and the
 * device. Of several tabs and devices the newest wins; where that replaces what was written here,
 * a notice says so and offers to bring it back.
 */
export function useAnswerDraft(assignmentId: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [value, setValue] = useState<unknown>(undefined);
  const [state, setState] = useState<DraftState>('none');
  const unsaved = useRef<LocalDraft | null>(null);
  /** What was written here, while it is what the form shows. */
  const mine = useRef<unknown>(undefined);
  /** The server's version that the form has taken in or replaced. */
  const knownMs = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const kept = useQuery(
    trpc.assignments.draft.queryOptions({ assignmentId }, { staleTime: Number.POSITIVE_INFINITY }),
  );

  const save = useCallback(async () => {
    const copy = unsaved.current;
    clearTimeout(timer.current);
    if (!copy) return;
    unsaved.current = null;
    try {
      const { savedAt } = await client.assignments.saveDraft.mutate({
        assignmentId,
        value: copy.value,
      });
      knownMs.current = Math.max(knownMs.current, savedAt.getTime());
      queryClient.setQueryData(trpc.assignments.draft.queryKey({ assignmentId }), () => ({
        value: copy.value,
        savedAt,
        submitsAt: null,
      }));
      if (unsaved.current) return;
      writeLocalDraft(assignmentId, null);
      setState('saved');
    } catch {
      unsaved.current ??= copy;
      setState('browser');
      timer.current = setTimeout(() => void save(), RETRY_MS);
    }
  }, [assignmentId, client, queryClient, trpc]);

  const tell = useRef<(value: unknown) => void>(() => undefined);
  const change = useCallback(
    (next: unknown) => {
      mine.current = next;
      setValue(next);
      setState('saving');
      unsaved.current = { value: next, savedAtMs: Date.now() };
      writeLocalDraft(assignmentId, unsaved.current);
      tell.current(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), REST_MS);
    },
    [assignmentId, save],
  );

  /** Shows what another tab or device wrote. */
  const adopt = useCallback(
    (next: unknown) => {
      const replaced = mine.current;
      mine.current = undefined;
      unsaved.current = null;
      clearTimeout(timer.current);
      setValue(next);
      setState('elsewhere');
      if (replaced === undefined || isSame(replaced, next)) return;
      showReplaced(assignmentId, () => change(replaced));
    },
    [assignmentId, change],
  );
  const tellOthers = useOtherTabs(assignmentId, adopt);
  useEffect(() => {
    tell.current = tellOthers;
  }, [tellOthers]);

  const server = kept.data;
  const isRead = !kept.isPending;
  const shown = useRef<unknown>(undefined);
  useEffect(() => {
    shown.current = value;
  });
  useEffect(() => {
    if (!isRead) return;
    const isFirst = knownMs.current === 0 && mine.current === undefined;
    const local = isFirst ? readLocalDraft(assignmentId) : null;
    const serverMs = server?.savedAt.getTime() ?? 0;
    if (local && local.savedAtMs > serverMs) {
      mine.current = local.value;
      setValue(local.value);
      unsaved.current = local;
      void save();
      return;
    }
    // What is written here now is newer still, and is on its way.
    if (!server || serverMs <= knownMs.current || unsaved.current) return;
    knownMs.current = serverMs;
    if (isFirst) {
      setValue(server.value);
      setState('saved');
    } else if (!isSame(server.value, shown.current)) adopt(server.value);
  }, [assignmentId, isRead, server, save, adopt]);

  // A page that is left has what was typed last in its browser's copy; this sends it if it still can.
  useEffect(() => {
    const leave = () => document.visibilityState === 'hidden' && void save();
    const back = () => void save();
    document.addEventListener('visibilitychange', leave);
    window.addEventListener('online', back);
    return () => {
      document.removeEventListener('visibilitychange', leave);
      window.removeEventListener('online', back);
      void save();
    };
  }, [save]);

  const forget = useCallback(() => {
    unsaved.current = null;
    clearTimeout(timer.current);
    writeLocalDraft(assignmentId, null);
  }, [assignmentId]);
  return { value, state, change, forget };
}
