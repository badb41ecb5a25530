import { useSyncExternalStore } from 'react';

/** A key made on this visit, while its text can still be shown. */
export interface FreshKey {
  id: string;
  plaintext: string;
}

/**
 * Kept in this page's memory alone, so that it is there after a look at another page and gone with
 * the tab. Nothing of it is written down in the browser.
 */
let fresh: FreshKey | null = null;
const listeners = new Set<() => void>();

export function rememberFreshKey(key: FreshKey): void {
  fresh = { id: key.id, plaintext: key.plaintext };
  for (const listener of listeners) listener();
}

/** The key made last on this visit, whatever organization or mode it is of; its id tells. */
export function useFreshKey(): FreshKey | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => fresh,
    () => null,
  );
}
