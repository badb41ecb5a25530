'use client';

import { useDisclosure } from '@mantine/hooks';
import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';

/**
 * Like `useDisclosure`, and opened as well by `?open=<name>` in the address, which is how links and
 * the command palette lead to a dialog. The address forgets it at once, so that going back does not
 * open it again.
 */
export function useOpenedByAddress(name: string): ReturnType<typeof useDisclosure> {
  const asked = useSearchParams()?.get('open') === name;
  const pathname = usePathname() ?? '';
  const disclosure = useDisclosure(false);
  const [, { open }] = disclosure;
  useEffect(() => {
    if (!asked) return;
    open();
    // Not through the router, which would treat it as a new page and remount it.
    window.history.replaceState(null, '', pathname);
  }, [asked, open, pathname]);
  return disclosure;
}
