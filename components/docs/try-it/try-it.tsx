'use client';

import { lazy, Suspense, useState } from 'react';
import classes from '../prose.module.css';

const Panel = lazy(() => import('./try-it-panel'));

/** Sends a call of the reference to this instance. What it takes is fetched when it is opened. */
export function TryIt({ operation, name }: { operation: string; name: string }) {
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <details
      className={classes.tryIt}
      onToggle={(event) => event.currentTarget.open && setWasOpened(true)}
    >
      <summary>
        Try it<span className="visually-hidden">: {name}</span>
      </summary>
      {wasOpened ? (
        <Suspense fallback={<p role="status">One moment …</p>}>
          <Panel operation={operation} />
        </Suspense>
      ) : null}
    </details>
  );
}
