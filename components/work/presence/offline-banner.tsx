'use client';

import { Icon } from '@/components/ui/icons';
import classes from './presence.module.css';
import { usePresence } from './presence-context';

/** Says that there is no network, and what becomes of the work meanwhile. */
export function OfflineBanner() {
  const { connected } = usePresence();
  return (
    <div role="status" className={connected ? 'visually-hidden' : classes.offline}>
      {connected ? null : (
        <>
          <Icon name="warning" />
          <span>
            No connection. What you write is saved on this device and sent when you are back.
          </span>
        </>
      )}
    </div>
  );
}
