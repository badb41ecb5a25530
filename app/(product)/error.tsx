'use client';

import { PageFailure } from '@/components/ui/failures/page-failure';

export default function ErrorPage(props: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <main>
      <PageFailure error={props.error} onRetry={props.reset} />
    </main>
  );
}
