'use client';

import { useCallback, useEffect, useRef } from 'react';
import { draftName } from './draft-storage';

/**
 * Tabs of this browser that show the same task follow along as one of them is written in.
 * @returns tells the others what is written here.
 */
export function useOtherTabs(
  assignmentId: string,
  onValue: (value: unknown) => void,
): (value: unknown) => void {
  const channel = useRef<BroadcastChannel | null>(null);
  const latest = useRef(onValue);
  useEffect(() => {
    latest.current = onValue;
  });
  useEffect(() => {
    const opened = new BroadcastChannel(draftName(assignmentId));
    opened.onmessage = (event: MessageEvent<unknown>) => latest.current(event.data);
    channel.current = opened;
    return () => {
      channel.current = null;
      opened.close();
    };
  }, [assignmentId]);
  return useCallback((value) => channel.current?.postMessage(value), []);
}
