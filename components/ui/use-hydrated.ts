'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/**
 * True once the page's code runs. A form that only code can send waits for it: the browser would
 * otherwise send it by itself, and put what was typed into the address.
 */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
