'use client';

import '@mantine/core/styles.css';
import './global.css';
import { failureWords } from '@/components/ui/failure-words';
import { PlainPage } from '@/components/ui/plain-page';

/** Where even the frame around all pages failed; it brings its own. */
export default function GlobalError(props: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const { icon, title, text, isStale } = failureWords(props.error);
  const actions = isStale ? (
    <button type="button" onClick={() => window.location.reload()}>
      Reload
    </button>
  ) : (
    <>
      <button type="button" onClick={props.reset}>
        Try again
      </button>
      <a href="/home">Start page</a>
    </>
  );
  return (
    <html lang="en">
      <body>
        <title>HumanRail could not be shown</title>
        <PlainPage icon={icon} title={title} actions={actions}>
          {text}
        </PlainPage>
      </body>
    </html>
  );
}
