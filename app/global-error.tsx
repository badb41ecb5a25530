'use client';

import '@mantine/core/styles.css';
import './global.css';
import { PlainPage } from '@/components/ui/plain-page';
import { isStalePage } from '@/components/ui/stale-page';

/** Where even the frame around all pages failed; it brings its own. */
export default function GlobalError(props: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const isStale = isStalePage(props.error);
  const { digest } = props.error;
  return (
    <html lang="en">
      <body>
        <title>HumanRail could not be shown</title>
        {isStale ? (
          <PlainPage
            icon="bolt"
            title="There is a new version"
            actions={
              <button type="button" onClick={() => window.location.reload()}>
                Reload
              </button>
            }
          >
            HumanRail was updated while this page was open. Reload it to go on.
          </PlainPage>
        ) : (
          <PlainPage
            icon="warning"
            title="This page could not be shown"
            actions={
              <>
                <button type="button" onClick={props.reset}>
                  Try again
                </button>
                <a href="/home">Start page</a>
              </>
            }
          >
            Something went wrong on our side{digest ? ` (${digest})` : ''}. Nothing you did is lost.
          </PlainPage>
        )}
      </body>
    </html>
  );
}
