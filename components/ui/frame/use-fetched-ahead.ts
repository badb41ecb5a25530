'use client';

import { useEffect } from 'react';

/** Where a browser has no word for being idle. */
const REST_MS = 1_000;

/**
 * Fetches what a page needs next, once the browser has nothing else to do.
 * @param fetch a constant function
 */
export function useFetchedAhead(fetch: () => void): void {
  useEffect(() => {
    if ('requestIdleCallback' in window) {
      const id = requestIdleCallback(fetch);
      return () => cancelIdleCallback(id);
    }
    const timer = setTimeout(fetch, REST_MS);
    return () => clearTimeout(timer);
  }, [fetch]);
}
