'use client';

import { useShortcuts } from '@/components/ui/keys/shortcuts';

/** The worker app hears its keys itself, `?` among them, since each worker can change them. */
export function OwnKeysSheet() {
  useShortcuts([{ keys: '?', label: 'Keys', section: 'Everywhere', run: () => undefined }]);
  return null;
}
