'use client';

import '@mantine/core/styles.css';
import './global.css';
import { PageFailure } from '@/components/ui/failures/page-failure';

/** Shown if the root layout itself failed; it brings its own. */
export default function GlobalError(props: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <html lang="en">
      <body>
        <title>HumanRail could not be shown</title>
        <main>
          <PageFailure error={props.error} onRetry={props.reset} />
        </main>
      </body>
    </html>
  );
}
