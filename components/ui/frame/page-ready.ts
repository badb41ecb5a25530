'use client';

import { createContext, use, useEffect } from 'react';

/** Tells the frame that the page in it is alive. */
export const PageReady = createContext(() => {});

/** To be called by what a page consists of: until it is alive, its buttons take no press, and tests wait. */
export function usePageReady(): void {
  const tell = use(PageReady);
  useEffect(tell, [tell]);
}
