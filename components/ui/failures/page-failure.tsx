'use client';

import { failureWords } from './failure-words';
import { PlainMessage } from './plain-page';

interface PageFailureProps {
  error: Error & { digest?: string };
  onRetry: () => void;
  /** Where the area begins, for a way on that keeps the frame. */
  home?: { href: string; label: string };
}

/** What stands where a page failed to render. */
export function PageFailure({ error, onRetry, home }: PageFailureProps) {
  const { href, label } = home ?? { href: '/home', label: 'Start page' };
  const { icon, title, text, isStale } = failureWords(error);
  const actions = isStale ? (
    <button type="button" onClick={() => window.location.reload()}>
      Reload
    </button>
  ) : (
    <>
      <button type="button" onClick={onRetry}>
        Try again
      </button>
      {/* Loads the whole page: what failed may stand in this one's way. */}
      <a href={href}>{label}</a>
    </>
  );
  return (
    <PlainMessage icon={icon} title={title} actions={actions}>
      {text}
    </PlainMessage>
  );
}
