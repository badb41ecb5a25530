'use client';

import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import classes from '../prose.module.css';

const Panel = lazy(() => import('./try-it-panel'));

const FAULT = 'The form could not be fetched. Close this and open it again.';

/** Sends a call of the reference to this instance. What it takes is fetched when it is opened. */
export function TryIt({ operation, name }: { operation: string; name: string }) {
  const details = useRef<HTMLDetailsElement>(null);
  const [wasOpened, setWasOpened] = useState(false);
  // It may have been opened before the page was alive.
  useEffect(() => setWasOpened(details.current?.open ?? false), []);
  return (
    <details
      ref={details}
      className={classes.tryIt}
      data-wakes
      onToggle={(event) => event.currentTarget.open && setWasOpened(true)}
    >
      <summary>
        Try it<span className="visually-hidden">: {name}</span>
      </summary>
      {wasOpened ? (
        <Suspense fallback={<p role="status">One moment …</p>}>
          <Panel operation={operation} />
        </Suspense>
      ) : (
        <p role="status" data-fault={FAULT} suppressHydrationWarning>
          One moment …
        </p>
      )}
    </details>
  );
}
