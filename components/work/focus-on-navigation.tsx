'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';

/**
 * Moves the cursor to the content when another page opens, so that the next Tab starts there rather
 * than in a menu that was left, or nowhere. A page that put the cursor somewhere itself keeps it.
 */
export function FocusOnNavigation() {
  const pathname = usePathname();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    const content = document.getElementById('content');
    if (!content || content.contains(document.activeElement)) return;
    content.focus({ preventScroll: true });
  }, [pathname]);
  return null;
}
