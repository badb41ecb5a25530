'use client';

import '@mantine/core/styles.css';
import './global.css';
import { mantineHtmlProps } from '@mantine/core';
import { AppTheme } from '@/components/ui/app-theme';
import { PageFailure } from '@/components/ui/page-failure';

/** Where even the frame around all pages failed; it brings its own. */
export default function GlobalError(props: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <html lang="en" {...mantineHtmlProps}>
      <body>
        <title>HumanRail could not be shown</title>
        <AppTheme nonce={undefined}>
          <main>
            <PageFailure error={props.error} onRetry={props.reset} />
          </main>
        </AppTheme>
      </body>
    </html>
  );
}
