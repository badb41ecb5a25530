'use client';

import { useRouter } from 'next/navigation';
import { useCommands } from './keys/keys-context';
import { usePresence } from './presence-context';

/** What keys do on every page of the worker app. */
export function WorkCommands() {
  const router = useRouter();
  const { online, setOnline } = usePresence();
  useCommands({
    toggleOnline: () => setOnline(!online),
    showQueue: () => router.push('/work'),
  });
  return null;
}
