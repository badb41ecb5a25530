'use client';

import { useRouter } from 'next/navigation';
import { useCommands } from '@/components/work/keys/keys-context';
import { usePresence } from './presence-context';

/** What keys do on every page of the worker app. */
export function WorkCommands() {
  const router = useRouter();
  const { online, loaded, setOnline } = usePresence();
  useCommands({
    // Before it is known whether the worker is online, there is nothing to turn.
    toggleOnline: () => loaded && setOnline(!online),
    showQueue: () => router.push('/work'),
  });
  return null;
}
