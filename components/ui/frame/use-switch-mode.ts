'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { setPreference } from '@/app/preferences';

type Mode = 'live' | 'test';

/** Changes between play and real, from wherever it is asked for. */
export function useSwitchMode(): { busy: boolean; switchMode: (mode: Mode) => void } {
  const router = useRouter();
  const pathname = usePathname() ?? '';
  const [busy, start] = useTransition();
  const switchMode = (mode: Mode) =>
    start(async () => {
      await setPreference('humanrail-mode', mode);
      // A task or an endpoint belongs to one mode; from its page the way leads back to the list.
      const [, list] =
        /^(\/dashboard\/(?:tasks|settings\/webhooks))\/(?!inspector)./.exec(pathname) ?? [];
      if (list) router.push(list);
      router.refresh();
    });
  return { busy, switchMode };
}
