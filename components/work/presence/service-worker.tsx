'use client';

import { useEffect } from 'react';

/** Installs the service worker, which shows notifications and the page for when there is no network. */
export function ServiceWorker() {
  useEffect(() => {
    // Development reloads pages by itself, and a secure page is needed besides.
    if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator)) return;
    navigator.serviceWorker.register('/sw.js', { scope: '/work' }).catch(() => {
      // The app works without one; it is asked for again with the next page.
    });
  }, []);
  return null;
}
